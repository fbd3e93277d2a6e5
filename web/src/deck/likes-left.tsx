import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'

/** How many likes are left today, and from when there are new ones. Keeps its line, so that nothing moves. */
export function LikesLeft({
  left,
  resetAt,
}: {
  left: number | null | undefined
  resetAt: string | undefined
}) {
  const t = useText()
  const format = useFormat()
  return (
    <p className="min-h-6 text-ink-soft">
      {left === null && t('deck.likes.unlimited')}
      {typeof left === 'number' &&
        resetAt &&
        t('deck.likes.left', { count: left, time: format.time(resetAt) })}
    </p>
  )
}
