import type { ReactNode } from 'react'
import { isProblem } from '../api/problem.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'

interface StateProps {
  icon?: ReactNode
  title: string
  text?: ReactNode
  /** What to do next. */
  children?: ReactNode
}

/** A screen, or a part of one, that has nothing to show: says so plainly, and what to do next. */
export function EmptyState({ icon, title, text, children }: StateProps) {
  return (
    <div className="mx-auto grid max-w-sm animate-fade justify-items-center gap-3 px-4 py-16 text-center">
      {icon && (
        <div className="mb-2 grid size-16 place-items-center rounded-full bg-wine-soft text-wine-text">
          {icon}
        </div>
      )}
      <h2 className="text-2xl">{title}</h2>
      {text && <p className="text-ink-soft">{text}</p>}
      {children && <div className="mt-3 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  )
}

/** What could not be loaded, why in plain words, and another try. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useText()
  const kind = kindOf(error)
  return (
    <EmptyState title={t(`design.error.${kind}.title`)} text={t(`design.error.${kind}.text`)}>
      {retry && kind !== 'forbidden' && (
        <Button look="secondary" onClick={retry}>
          {t('design.retry')}
        </Button>
      )}
    </EmptyState>
  )
}

function kindOf(error: unknown): 'offline' | 'away' | 'forbidden' | 'gone' | 'other' {
  if (!isProblem(error)) return 'other'
  if (error.code === 'offline') return 'offline'
  if (error.status === 404 || error.status === 410) return 'gone'
  if (error.status === 403) return 'forbidden'
  if (error.status === 429 || error.status >= 502) return 'away'
  return 'other'
}
