import { useRegisterSW } from 'virtual:pwa-register/react'
import { useEffect } from 'react'
import { offer } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'

/** Offers a new version when there is one; it is used only when it is wanted, or when all tabs were closed. */
export function UpdateOffer() {
  const t = useText()
  const {
    needRefresh: [waiting],
    updateServiceWorker,
  } = useRegisterSW()
  useEffect(() => {
    if (!waiting) return
    const action = { label: t('shell.update.action'), run: () => void updateServiceWorker(true) }
    // Taken back where it is said anew, in another language.
    return offer(t('shell.update.text'), action)
  }, [waiting, t, updateServiceWorker])
  return null
}
