import { useLingui } from '@lingui/react'
import { Chip } from '../design/choice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import { chooseLocale, localeNames, locales } from '../text/language.ts'
import { useText } from '../text/use-text.ts'
import { ChoiceSection } from './choice-section.tsx'

/** Each language by its own name, for those who cannot read the one that is shown. */
export function LanguageChoice() {
  const t = useText()
  const problemText = useProblemText()
  const { i18n } = useLingui()
  return (
    <ChoiceSection title={t('settings.language.title')}>
      {locales.map((locale) => (
        <Chip
          key={locale}
          type="radio"
          name="language"
          lang={locale}
          label={localeNames[locale]}
          checked={i18n.locale === locale}
          onChange={() =>
            chooseLocale(locale).catch((error) =>
              toast(t('settings.language.failed', { reason: problemText(error) })),
            )
          }
        />
      ))}
    </ChoiceSection>
  )
}
