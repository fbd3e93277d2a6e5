import type { ReactNode } from 'react'

interface SendButtonProps {
  label: string
  icon: ReactNode
  disabled: boolean
  busy?: boolean
}

/** Sends what was written. It keeps the focus in the field, so that the keyboard of a phone stays. */
export function SendButton({ label, icon, disabled, busy }: SendButtonProps) {
  return (
    <button
      type="submit"
      aria-label={label}
      title={label}
      aria-disabled={disabled || busy || undefined}
      aria-busy={busy || undefined}
      className="mb-px grid size-12 shrink-0 place-items-center rounded-full bg-wine text-on-wine transition-colors hover:bg-wine-strong aria-disabled:bg-sunken aria-disabled:text-ink-soft"
      onPointerDown={(event) => event.preventDefault()}
    >
      {icon}
    </button>
  )
}
