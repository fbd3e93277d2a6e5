import { Compass } from 'lucide-react'
import { useEffect } from 'react'
import { Button, ButtonLink } from '../design/button.tsx'
import { EmptyState } from '../design/state.tsx'
import { focusHeading } from '../people/focus-heading.ts'
import { useText } from '../text/use-text.ts'

/** Before the first deck: what is still missing, and the way there. */
export function Invitation({ missing }: { missing: 'profile' | 'preferences' }) {
  const t = useText()
  return (
    <EmptyState
      icon={<Compass size={28} />}
      title={t(`deck.start.${missing}.title`)}
      text={t(`deck.start.${missing}.text`)}
    >
      <ButtonLink to="/start">{t('deck.start.action')}</ButtonLink>
    </EmptyState>
  )
}

interface NobodyLeftProps {
  looking: boolean
  onLookAgain(): void
  takingBack: boolean
  /** Absent when there is no pass to take back. */
  onTakeBack: (() => void) | undefined
}

/** Everybody was seen: said as it is, with what can be done now. */
export function NobodyLeft({ looking, onLookAgain, takingBack, onTakeBack }: NobodyLeftProps) {
  const t = useText()
  useEffect(() => {
    // The button that decided about the last card went with it.
    if (document.activeElement === document.body) focusHeading()
  }, [])
  return (
    <EmptyState icon={<Compass size={28} />} title={t('deck.empty.title')} text={t('deck.empty.text')}>
      <ButtonLink to="/profile/preferences">{t('deck.empty.preferences')}</ButtonLink>
      <Button look="secondary" busy={looking} onClick={onLookAgain}>
        {t('deck.empty.again')}
      </Button>
      {onTakeBack && (
        <Button look="quiet" busy={takingBack} onClick={onTakeBack}>
          {t('deck.takeBack.action')}
        </Button>
      )}
    </EmptyState>
  )
}
