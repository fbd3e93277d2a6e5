import { Link } from '@tanstack/react-router'
import { useText } from '../text/use-text.ts'
import type { MissingPart } from './needs-start.ts'
import { type Step, steps } from './start-step.ts'

interface StartProgressProps {
  step: Step
  missing: readonly MissingPart[]
}

/** Where one is among the steps; each can be gone to at any time. */
export function StartProgress({ step, missing }: StartProgressProps) {
  const t = useText()
  const place = steps.indexOf(step)
  return (
    <nav aria-label={t('profile.start.steps')} className="-mt-4 grid gap-1">
      <ol className="grid grid-cols-6 gap-1.5">
        {steps.map((other, index) => {
          const open = missing.some((part) => part === other)
          return (
            <li key={other}>
              <Link
                to="/start"
                hash={other}
                aria-current={other === step ? 'step' : undefined}
                aria-label={t(open ? 'profile.start.stepOpen' : 'profile.start.step', {
                  number: index + 1,
                  title: t(`profile.start.${other}.title`),
                })}
                title={t(`profile.start.${other}.title`)}
                className="flex min-h-11 items-center"
              >
                <span
                  className={`h-1.5 w-full rounded-full transition-colors ${index <= place ? 'bg-wine' : 'bg-line'} ${other === step ? 'outline-2 outline-wine-soft' : ''}`}
                />
              </Link>
            </li>
          )
        })}
      </ol>
      <p className="text-ink-soft text-sm">
        {t('profile.start.position', { number: place + 1, count: steps.length })}
      </p>
    </nav>
  )
}
