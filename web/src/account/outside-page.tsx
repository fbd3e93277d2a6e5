import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../design/button.tsx'
import { useHeadingFocus } from '../design/page.tsx'
import { LegalLink } from '../legal/legal-link.tsx'
import { ConnectionNote } from '../shell/connection-note.tsx'
import { useText } from '../text/use-text.ts'
import { LanguageChoice } from './language-choice.tsx'
import { Rings } from './rings.tsx'

interface OutsidePageProps {
  title: string
  /** Above the heading: where one is. */
  above?: ReactNode
  lead?: ReactNode
  onBack?: (() => void) | undefined
  /** For a text to read, rather than a thing to do. */
  wide?: boolean
  children: ReactNode
}

/** A narrow screen for whoever is not signed in: one heading, one thing to do. */
export function OutsidePage({ title, above, lead, onBack, wide, children }: OutsidePageProps) {
  const t = useText()
  const heading = useHeadingFocus(title)
  return (
    <OutsideFrame>
      <div
        className={`relative mx-auto grid w-full animate-rise gap-6 px-5 pt-6 pb-14 sm:pt-12 ${wide ? 'max-w-2xl' : 'max-w-md'}`}
      >
        <header className="grid gap-3">
          {(onBack || above) && (
            <div className="flex min-h-11 items-center gap-1">
              {onBack && (
                <IconButton
                  className="-ms-3"
                  label={t('design.back')}
                  icon={<ArrowLeft size={20} className="rtl:-scale-x-100" />}
                  onClick={onBack}
                />
              )}
              <div className="flex-1">{above}</div>
            </div>
          )}
          <h1 ref={heading} tabIndex={-1} className="text-4xl">
            {title}
          </h1>
          {lead && <p className="text-ink-soft text-lg">{lead}</p>}
        </header>
        {children}
      </div>
    </OutsideFrame>
  )
}

/** What stands around every screen outside: the name, the languages, and what applies. */
export function OutsideFrame({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto]">
      <header className="mx-auto flex w-full max-w-6xl px-5 pt-[max(0.75rem,env(safe-area-inset-top))] sm:px-8">
        <Link to="/" className="inline-flex min-h-12 items-center gap-3 font-serif text-2xl">
          <Rings className="h-6" />
          Accord
        </Link>
      </header>
      <main>
        <ConnectionNote />
        {children}
      </main>
      <footer className="safe-bottom mx-auto flex w-full max-w-6xl flex-wrap justify-between gap-x-8 px-5 pt-4 text-ink-soft text-sm sm:px-8">
        <LanguageChoice />
        <div className="flex flex-wrap gap-x-6">
          <LegalLink page="terms" />
          <LegalLink page="privacy" />
        </div>
      </footer>
    </div>
  )
}
