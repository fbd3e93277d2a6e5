import type { ReactNode } from 'react'

interface BubbleProps {
  own: boolean
  first: boolean
  last: boolean
  /** Not sent yet, or not any more there. */
  faint?: boolean
  children: ReactNode
}

/** The words of a message, at the side of who wrote them; those of one go lean on each other. */
export function Bubble({ own, first, last, faint, children }: BubbleProps) {
  const side = own
    ? `bg-wine-soft text-ink ${first ? '' : 'rounded-se-[0.375rem]'} ${last ? '' : 'rounded-ee-[0.375rem]'}`
    : `bg-surface text-ink border border-line ${first ? '' : 'rounded-ss-[0.375rem]'} ${last ? '' : 'rounded-es-[0.375rem]'}`
  const look = faint ? 'border border-line-strong border-dashed bg-transparent text-ink-soft' : side
  return (
    <div
      dir="auto"
      className={`w-fit min-w-0 whitespace-pre-wrap break-words rounded-card px-4 py-2.5 text-start [overflow-wrap:anywhere] ${look}`}
    >
      {children}
    </div>
  )
}
