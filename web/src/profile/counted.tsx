import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'

/** A field of text, and how much of it is left once the end comes near. */
export function Counted({ text, limit, children }: { text: string; limit: number; children: ReactNode }) {
  const t = useText()
  const left = limit - text.length
  const near = left <= Math.min(limit * 0.2, 100)
  return (
    <div className="grid gap-1">
      {children}
      {near && (
        <p aria-hidden="true" className="text-end text-ink-soft text-sm">
          {t('profile.left', { count: left })}
        </p>
      )}
      {/* Read out at a few marks only, not at each letter. */}
      <p role="status" className="sr-only">
        {near ? t('profile.left', { count: marks.find((mark) => mark >= left) ?? left }) : ''}
      </p>
    </div>
  )
}

const marks = [0, 5, 10, 20, 50, 100]

/** One's own words run as they are written, whatever the language around them; a field without any, as that does. */
export function directionOf(text: string): 'auto' | undefined {
  return text === '' ? undefined : 'auto'
}
