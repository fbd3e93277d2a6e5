import { Button, ButtonLink } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'

interface LikesUsedProps {
  open: boolean
  resetAt: string | undefined
  onClose(): void
}

/** The likes of the day are given: waiting costs nothing, and comes first. */
export function LikesUsed({ open, resetAt, onClose }: LikesUsedProps) {
  const t = useText()
  const format = useFormat()
  return (
    <Dialog open={open} onClose={onClose} title={t('deck.likesUsed.title')}>
      <p>{resetAt ? t('deck.likesUsed.text', { time: format.time(resetAt) }) : t('deck.likesUsed.soon')}</p>
      <Button wide onClick={onClose}>
        {t('deck.likesUsed.wait')}
      </Button>
      <ButtonLink to="/billing" look="quiet" wide className="text-brass! hover:bg-brass-soft!">
        {t('deck.likesUsed.plans')}
      </ButtonLink>
    </Dialog>
  )
}
