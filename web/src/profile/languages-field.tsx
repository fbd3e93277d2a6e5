import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../design/button.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { LanguagesDialog } from './languages-dialog.tsx'

interface LanguagesFieldProps {
  value: readonly string[]
  onChange(codes: string[]): void
  error?: string | undefined
}

/** The languages one speaks: those chosen, each to be taken away again, and a list to choose more from. */
export function LanguagesField({ value, onChange, error }: LanguagesFieldProps) {
  const t = useText()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const add = useRef<HTMLButtonElement>(null)
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">{t('profile.languages.label')}</legend>
      <ul className="flex flex-wrap items-center gap-2">
        {value.map((code) => (
          <li key={code}>
            <button
              type="button"
              className="inline-flex min-h-11 items-center gap-2 rounded-full border border-wine bg-wine-soft ps-4 pe-3 font-medium text-wine-text"
              onClick={() => {
                onChange(value.filter((other) => other !== code))
                add.current?.focus()
              }}
            >
              <span aria-hidden="true">{format.language(code)}</span>
              <span className="sr-only">
                {t('profile.languages.remove', { language: format.language(code) })}
              </span>
              <X size={16} aria-hidden="true" />
            </button>
          </li>
        ))}
        <li>
          <Button
            ref={add}
            look="secondary"
            icon={<Plus size={18} aria-hidden="true" />}
            className="!min-h-11 !px-4"
            onClick={() => setOpen(true)}
          >
            {t('profile.languages.choose')}
          </Button>
        </li>
      </ul>
      {error && <p className="text-bad text-sm">{error}</p>}
      <LanguagesDialog open={open} onClose={() => setOpen(false)} value={value} onChange={onChange} />
    </fieldset>
  )
}
