import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useText } from '../text/use-text.ts'

const watch = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

export function useOnline(): boolean {
  return useSyncExternalStore(watch, () => navigator.onLine)
}

/** Says that there is no network, for as long as there is none. */
export function ConnectionNote() {
  const t = useText()
  const online = useOnline()
  return (
    <div role="status" className="empty:hidden">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-sunken px-4 py-2 text-center text-ink-soft text-sm">
          <WifiOff size={16} aria-hidden="true" />
          {t('shell.offline')}
        </p>
      )}
    </div>
  )
}
