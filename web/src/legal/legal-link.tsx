import { Link } from '@tanstack/react-router'
import { ExternalLink } from 'lucide-react'
import { useText } from '../text/use-text.ts'

interface LegalLinkProps {
  page: 'terms' | 'privacy'
  /** Beside other things to read or agree to, it says that it is there to be read. */
  read?: boolean
  /** For a form that must not be left: what was typed stays where it is. */
  newTab?: boolean
  className?: string
}

/** Leads to the terms of use or the privacy notice. */
export function LegalLink({ page, read, newTab, className = '' }: LegalLinkProps) {
  const t = useText()
  return (
    <Link
      to={page === 'terms' ? '/terms' : '/privacy'}
      className={`inline-flex min-h-11 items-center gap-1.5 underline decoration-line-strong underline-offset-4 transition-colors hover:decoration-current ${className}`}
      {...(newTab ? { target: '_blank', rel: 'noopener' } : {})}
    >
      {t(read ? `account.legal.read.${page}` : `account.legal.${page}`)}
      {newTab && (
        <>
          <span className="sr-only">({t('account.legal.newTab')})</span>
          <ExternalLink size={16} aria-hidden="true" className="shrink-0 rtl:-scale-x-100" />
        </>
      )}
    </Link>
  )
}
