import { ButtonLink } from '../design/button.tsx'
import { EmptyState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'

export function NotFound() {
  const t = useText()
  return (
    <main>
      <EmptyState title={t('shell.notFound.title')} text={t('shell.notFound.text')}>
        <ButtonLink to="/">{t('shell.notFound.action')}</ButtonLink>
      </EmptyState>
    </main>
  )
}
