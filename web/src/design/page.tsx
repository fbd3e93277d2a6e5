import { useCanGoBack, useRouter } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'

interface PageProps {
  title: string
  /** Beside the title: what can be done with the whole page. */
  actions?: ReactNode
  /** Where the arrow before the title leads when there is no page to go back to; without it there is no arrow. */
  back?: string
  /** For a form or a text, which is read better when it is narrow. */
  narrow?: boolean
  children: ReactNode
}

/** A screen with its heading, which gets the focus when the screen is entered, and gives the document its title. */
export function Page({ title, actions, back, narrow, children }: PageProps) {
  const t = useText()
  const heading = useHeadingFocus(title)
  const router = useRouter()
  const canGoBack = useCanGoBack()
  return (
    <div
      className={`mx-auto grid w-full grid-cols-1 gap-6 px-4 py-6 sm:px-6 md:py-10 ${narrow ? 'max-w-xl' : 'max-w-4xl'}`}
    >
      <header className="flex min-h-11 items-center gap-2">
        {back && (
          <IconButton
            className="-ms-2"
            label={t('design.back')}
            icon={<ArrowLeft size={20} className="rtl:-scale-x-100" />}
            onClick={() => (canGoBack ? router.history.back() : router.navigate({ to: back }))}
          />
        )}
        <h1 ref={heading} tabIndex={-1} className="flex-1 text-3xl md:text-4xl">
          {title}
        </h1>
        {actions}
      </header>
      {children}
    </div>
  )
}

/** Gives a screen's heading the focus when the screen is entered, unless something has it already. */
export function useHeadingFocus(title: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Accord`
  }, [title])
  useEffect(() => {
    const { activeElement } = document
    if (!activeElement || activeElement === document.body || !activeElement.closest('main')) {
      heading.current?.focus({ preventScroll: true })
    }
  }, [])
  return heading
}

/** A part of a page under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  )
}

export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-card border border-line bg-surface p-5 ${className}`}>{children}</div>
}
