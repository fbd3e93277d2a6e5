import { useLingui } from '@lingui/react'
import { useMemo, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Checkbox } from '../design/choice.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextField } from '../design/field.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { languageCodes } from './language-codes.ts'
import { limits } from './profile-draft.ts'

interface LanguagesDialogProps {
  open: boolean
  onClose(): void
  value: readonly string[]
  onChange(codes: string[]): void
}

export function LanguagesDialog({ open, onClose, value, onChange }: LanguagesDialogProps) {
  const t = useText()
  const [letters, setLetters] = useState('')
  const languages = useLanguages()
  const folded = fold(letters.trim())
  const shown = languages.filter(({ name }) => fold(name).includes(folded))
  const full = value.length >= limits.languages
  const close = () => {
    setLetters('')
    onClose()
  }
  return (
    <Dialog open={open} onClose={close} title={t('profile.languages.label')}>
      <TextField
        label={t('profile.languages.search')}
        value={letters}
        autoComplete="off"
        onChange={(event) => setLetters(event.target.value)}
        // The form around it is not what is being finished here.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ul className="h-[min(22rem,45dvh)] overflow-y-auto" aria-label={t('profile.languages.label')}>
        {shown.map(({ code, name }) => {
          const chosen = value.includes(code)
          return (
            <li key={code}>
              <Checkbox
                label={name}
                checked={chosen}
                disabled={full && !chosen}
                onChange={() => onChange(chosen ? value.filter((other) => other !== code) : [...value, code])}
              />
            </li>
          )
        })}
        {shown.length === 0 && <li className="py-3 text-ink-soft">{t('profile.languages.none')}</li>}
      </ul>
      <p role="status" className="text-ink-soft text-sm">
        {full
          ? t('profile.languages.full', { count: limits.languages })
          : t('profile.languages.chosen', { count: value.length })}
      </p>
      <Button wide onClick={close}>
        {t('profile.done')}
      </Button>
    </Dialog>
  )
}

/** By their names in the chosen language; first those that the browser says are read here. */
function useLanguages(): { code: string; name: string }[] {
  const { locale } = useLingui().i18n
  const format = useFormat()
  return useMemo(() => {
    const own = new Set(navigator.languages.map((tag) => tag.slice(0, 2)))
    const { compare } = new Intl.Collator(locale)
    return (
      languageCodes
        .map((code) => ({ code, name: format.language(code) }))
        // A name that is only the code again is not known here.
        .filter(({ code, name }) => name !== code)
        .sort((a, b) => Number(own.has(b.code)) - Number(own.has(a.code)) || compare(a.name, b.name))
    )
  }, [locale, format])
}

/** Without accents and case, so that what is easily typed finds it. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()
}
