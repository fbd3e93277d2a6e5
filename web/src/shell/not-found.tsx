import { ButtonLink } from '../design/button.tsx'
import { Page } from '../design/page.tsx'
import { useText } from '../text/use-text.ts'

export function NotFound() {
  const t = useText()
  return (
    <main>
      <Page title={t('shell.notFound.title')} narrow>
        <p className="text-ink-soft">{t('shell.notFound.text')}</p>
        <p>
          <ButtonLink to="/">{t('shell.notFound.action')}</ButtonLink>
        </p>
      </Page>
    </main>
  )
}
