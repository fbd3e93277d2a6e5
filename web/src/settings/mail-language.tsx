import { useQuery } from '@tanstack/react-query'
import { Button } from '../design/button.tsx'
import { ownProfileQuery } from '../profile/queries.ts'
import { useFormat } from '../text/format.ts'
import { type Locale, shownLocale } from '../text/language.ts'
import { useText } from '../text/use-text.ts'

/** Says so where the mails come in another language than this device shows, and offers the shown one. */
export function MailLanguage({ onChange }: { onChange(locale: Locale): void }) {
  const t = useText()
  const format = useFormat()
  const { data: profile } = useQuery(ownProfileQuery)
  const shown = shownLocale()
  // What an older app kept on the device knows no language.
  if (!profile?.locale || profile.locale === shown) return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-soft">
      <p>{t('settings.language.mails', { language: format.language(profile.locale) })}</p>
      <Button look="quiet" onClick={() => onChange(shown)}>
        {t('settings.language.mails.action', { language: format.language(shown) })}
      </Button>
    </div>
  )
}
