import { Heart, Undo2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, IconButton } from '../design/button.tsx'
import { isMirrored } from '../people/reading-direction.ts'
import { useText } from '../text/use-text.ts'
import type { Choice } from './queries.ts'

interface DecisionBarProps {
  name: string
  canTakeBack: boolean
  takingBack: boolean
  onChoice(choice: Choice): void
  onTakeBack(): void
}

/** Within the thumb's reach on a phone; below the photo elsewhere, with the keys that do the same. */
export function DecisionBar({ name, canTakeBack, takingBack, onChoice, onTakeBack }: DecisionBarProps) {
  const t = useText()
  return (
    <div
      data-bottom-bar
      className="grid gap-3 max-md:fixed max-md:inset-x-0 max-md:bottom-[calc(4rem+env(safe-area-inset-bottom))] max-md:z-20 max-md:bg-gradient-to-t max-md:from-60% max-md:from-ground max-md:to-transparent max-md:px-4 max-md:pt-8 max-md:pb-3"
    >
      <div className="flex items-center gap-2">
        <IconButton
          className="border border-line bg-surface aria-disabled:opacity-50"
          label={t('deck.takeBack.action')}
          icon={<Undo2 size={20} className="rtl:-scale-x-100" />}
          // Not disabled: it would lose the focus once the last pass is taken back.
          aria-disabled={!canTakeBack || undefined}
          aria-busy={takingBack || undefined}
          onClick={onTakeBack}
        />
        <Button
          look="secondary"
          className="flex-1 whitespace-nowrap px-3!"
          icon={<X size={20} aria-hidden="true" />}
          aria-label={t('deck.passOn', { name })}
          onClick={() => onChoice('pass')}
        >
          {t('deck.pass')}
        </Button>
        <Button
          className="flex-1 whitespace-nowrap px-3!"
          icon={<Heart size={20} aria-hidden="true" />}
          aria-label={t('deck.likeName', { name })}
          onClick={() => onChoice('like')}
        >
          {t('deck.like')}
        </Button>
      </div>
      <p className="hidden flex-wrap justify-center gap-x-4 text-ink-soft text-sm pointer-fine:md:flex">
        <Hint keys={isMirrored() ? '→' : '←'}>{t('deck.pass')}</Hint>
        <Hint keys={isMirrored() ? '←' : '→'}>{t('deck.like')}</Hint>
        <Hint keys="U">{t('deck.takeBack.short')}</Hint>
      </p>
    </div>
  )
}

function Hint({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <kbd className="min-w-6 rounded-md border border-line bg-surface px-1.5 text-center font-sans text-xs leading-5">
        {keys}
      </kbd>
      {children}
    </span>
  )
}
