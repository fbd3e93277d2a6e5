import { Link, type LinkProps } from '@tanstack/react-router'
import { ChevronRight, type LucideIcon } from 'lucide-react'

interface SettingsLinkProps {
  to: NonNullable<LinkProps['to']>
  icon: LucideIcon
  label: string
  /** What is behind it; its line is kept free while it is loaded. */
  hint: string | undefined
}

/** A row that leads to a page of its own. */
export function SettingsLink({ to, icon: Icon, label, hint }: SettingsLinkProps) {
  return (
    <li>
      <Link
        to={to}
        className="flex min-h-16 items-center gap-4 rounded-control px-3 py-2 transition-colors hover:bg-sunken"
      >
        <Icon size={20} aria-hidden="true" className="shrink-0 text-ink-soft" />
        <span className="grid flex-1">
          <span className="font-medium">{label}</span>
          <span className="min-h-5 text-ink-soft text-sm">{hint}</span>
        </span>
        <ChevronRight size={20} aria-hidden="true" className="shrink-0 text-ink-soft rtl:-scale-x-100" />
      </Link>
    </li>
  )
}
