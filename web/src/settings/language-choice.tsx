import { useLingui } from '@lingui/react'
import { useRef } from 'react'
import { Chip } from '../design/choice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import { chooseLocale, type Locale, localeNames, locales, shownLocale } from '../text/language.ts'
import { useText } from '../text/use-text.ts'
import { ChoiceSection } from './choice-section.tsx'
import { MailLanguage } from './mail-language.tsx'
import { useMailLanguage } from './use-mail-language.ts'

/**
 * Each language by its own name, for those who cannot read the one that is shown. What is chosen here is the
 * language of the mails too.
 */
export function LanguageChoice() {
  const t = useText()
  const problemText = useProblemText()
  const { i18n } = useLingui()
  const mails = useMailLanguage()
  const choices = useRef<HTMLDivElement>(null)
  const choose = (locale: Locale) =>
    chooseLocale(locale).then(
      () => {
        // Unless another one was chosen since.
        if (shownLocale() === locale) mails.mutate(locale)
      },
      (error) => toast(t('settings.language.failed', { reason: problemText(error) })),
    )
  const changeMails = (locale: Locale) => {
    mails.mutate(locale)
    // What was pressed goes away.
    choices.current?.querySelector<HTMLElement>('input:checked')?.focus()
  }
  return (
    <div ref={choices} className="grid gap-3">
      <ChoiceSection title={t('settings.language.title')}>
        {locales.map((locale) => (
          <Chip
            key={locale}
            type="radio"
            name="language"
            lang={locale}
            label={localeNames[locale]}
            checked={i18n.locale === locale}
            onChange={() => void choose(locale)}
          />
        ))}
      </ChoiceSection>
      {!mails.isPending && <MailLanguage onChange={changeMails} />}
    </div>
  )
}
