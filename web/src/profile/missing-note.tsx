import { ButtonLink } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import type { MissingPart } from './needs-start.ts'

/** Whether others can see the profile, and if not, what it takes. */
export function MissingNote({ missing }: { missing: readonly MissingPart[] }) {
  const t = useText()
  const sentence = useMissingSentence(missing)
  if (missing.length === 0) return <p className="-mt-3 text-ink-soft">{t('profile.complete')}</p>
  return (
    <Notice>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-1">
        <p className="min-w-0 flex-1 basis-56">{sentence}</p>
        <ButtonLink to="/start">{t('profile.missing.action')}</ButtonLink>
      </div>
    </Notice>
  )
}

/** What is missing, in one sentence; '' when nothing is. */
export function useMissingSentence(missing: readonly MissingPart[]): string {
  const t = useText()
  const { list } = useFormat()
  if (missing.length === 0) return ''
  // Preferences alone decide about the deck; the rest also about being seen.
  const seen = missing.every((part) => part === 'preferences')
  const parts = list(missing.map((part) => t(`profile.missing.${part}`)))
  return t(seen ? 'profile.missing.deck' : 'profile.missing.seen', { parts })
}
