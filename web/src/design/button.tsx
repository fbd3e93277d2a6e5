import { Link, type LinkProps } from '@tanstack/react-router'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'

interface Common {
  look?: ButtonLook
  /** As wide as what holds it. */
  wide?: boolean
  /** Before the words, in reading direction. */
  icon?: ReactNode
  children: ReactNode
  className?: string
}

export interface ButtonProps
  extends Common,
    Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'className'> {
  /** At work: says so to everybody, and takes no second click. */
  busy?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  look = 'primary',
  wide,
  icon,
  busy,
  children,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(look, wide, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      <span className={busy ? 'animate-pulse-soft' : undefined}>{children}</span>
    </button>
  )
}

/** A link that looks as a button does: it goes somewhere, and changes nothing. */
export function ButtonLink({ look = 'primary', wide, icon, children, className, ...to }: Common & LinkProps) {
  return (
    <Link {...to} className={buttonClass(look, wide, className)}>
      {icon}
      <span>{children}</span>
    </Link>
  )
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** What it does, read out and shown on hover. */
  label: string
  icon: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ label, icon, className = '', type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={`inline-grid size-11 shrink-0 place-items-center rounded-full text-ink-soft transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50 ${className}`}
    >
      {icon}
    </button>
  )
}

export function buttonClass(look: ButtonLook, wide = false, className = ''): string {
  return `inline-flex min-h-12 items-center justify-center gap-2 rounded-full px-6 py-2.5 text-center font-semibold transition-colors duration-150 disabled:opacity-50 aria-disabled:opacity-70 ${looks[look]} ${wide ? 'wrap-anywhere w-full' : ''} ${className}`
}

const looks: Record<ButtonLook, string> = {
  primary: 'bg-wine text-on-wine hover:bg-wine-strong',
  secondary: 'border border-line-strong bg-surface text-ink hover:border-ink-soft hover:bg-sunken',
  quiet: 'text-wine-text hover:bg-wine-soft',
  danger: 'border border-bad text-bad hover:bg-bad-soft',
}
