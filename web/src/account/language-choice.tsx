import { useLingui } from '@lingui/react'
import { toast } from '../design/toast.tsx'
import { chooseLocale, type Locale, localeNames, locales } from '../text/language.ts'
import { useText } from '../text/use-text.ts'

/** The languages of the app, each by its own name, so that it is found whatever is shown now. */
export function LanguageChoice() {
  const t = useText()
  const { locale } = useLingui().i18n
  const choose = (wanted: Locale) => {
    chooseLocale(wanted).catch(() => toast(t('account.language.failed')))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for answers in a form
    <div role="group" aria-label={t('account.language.label')} className="-mx-3 flex flex-wrap">
      {locales.map((name) => (
        <button
          key={name}
          type="button"
          lang={name}
          aria-pressed={name === locale}
          className="min-h-11 rounded-full px-3 text-ink-soft transition-colors hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink"
          onClick={() => choose(name)}
        >
          {localeNames[name]}
        </button>
      ))}
    </div>
  )
}
