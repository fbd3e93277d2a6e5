import { useLingui } from '@lingui/react'
import { useQuery } from '@tanstack/react-query'
import { useCanGoBack, useRouter } from '@tanstack/react-router'
import { OutsidePage } from '../account/outside-page.tsx'
import { Notice } from '../design/notice.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import type { Locale } from '../text/language.ts'
import { useText } from '../text/use-text.ts'
import { type LegalTexts, legalTextsQuery } from './legal-texts.ts'

/** The version that members are recorded to have agreed to: identity raises it there when these texts change. */
const version = '2026-11'

const sections = {
  terms: ['who', 'roles', 'between', 'conduct', 'words', 'plans', 'safety', 'limits', 'ending', 'changes'],
  privacy: ['stored', 'sealed', 'place', 'seen', 'consent', 'helpers', 'device', 'mails', 'long', 'rights'],
} as const

type PageName = keyof typeof sections

/** A long text under short headings, for members and for whoever wants to read it first. */
export function LegalPage({ page }: { page: PageName }) {
  const t = useText()
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const { data, error, refetch } = useQuery(legalTextsQuery(useLingui().i18n.locale as Locale))
  return (
    <OutsidePage
      wide
      title={t(`account.legal.${page}`)}
      lead={data?.[`legal.${page}.lead`]}
      onBack={() => (canGoBack ? router.history.back() : void router.navigate({ to: '/' }))}
    >
      {data ? (
        <Sections page={page} texts={data} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <LegalSkeleton />
      )}
    </OutsidePage>
  )
}

function Sections({ page, texts }: { page: PageName; texts: LegalTexts }) {
  return (
    <>
      <p className="text-ink-soft text-sm">
        {texts['legal.version']} <bdi dir="ltr">{version}</bdi>
      </p>
      <Notice>{texts['legal.operator']}</Notice>
      {sectionsOf(page, texts).map(({ title, paragraphs }) => (
        <section key={title} className="grid gap-3 border-line border-t pt-6">
          <h2 className="text-2xl">{title}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph} className="text-pretty leading-relaxed">
              {paragraph}
            </p>
          ))}
        </section>
      ))}
    </>
  )
}

function sectionsOf(page: PageName, texts: LegalTexts) {
  const of = (title: string, text: string) => ({ title, paragraphs: text.split('\n') })
  return page === 'terms'
    ? sections.terms.map((name) => of(texts[`legal.terms.${name}.title`], texts[`legal.terms.${name}.text`]))
    : sections.privacy.map((name) =>
        of(texts[`legal.privacy.${name}.title`], texts[`legal.privacy.${name}.text`]),
      )
}

function LegalSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-6">
      <Skeleton className="h-20" />
      {[0, 1, 2].map((place) => (
        <div key={place} className="grid gap-3 border-line border-t pt-6">
          <Skeleton className="h-8 w-1/2" />
          <Skeleton className="h-28" />
        </div>
      ))}
    </div>
  )
}
