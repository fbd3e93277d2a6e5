import { Eye, EyeOff } from 'lucide-react'
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'

interface FieldProps {
  label: string
  /** Why it is asked, or what is expected; always shown. */
  hint?: ReactNode
  /** What is wrong with it, as a sentence that says what to do. */
  error?: string | undefined
}

/** Label, hint and problem around one input, tied to it for those who listen. */
function Field({ id, label, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-ink-soft text-sm">
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p id={`${id}-error`} className="text-bad text-sm">
          {error}
        </p>
      )}
    </div>
  )
}

function describedBy(id: string, { hint, error }: Pick<FieldProps, 'hint' | 'error'>) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? (true as const) : undefined }
}

export type TextFieldProps = FieldProps &
  InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }

export function TextField({ label, hint, error, className = '', ...input }: TextFieldProps) {
  const made = useId()
  const id = input.id ?? made
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input {...input} id={id} className={`field ${className}`} {...describedBy(id, { hint, error })} />
    </Field>
  )
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, hint, error, ...input }: TextFieldProps) {
  const t = useText()
  const made = useId()
  const id = input.id ?? made
  const [shown, setShown] = useState(false)
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          {...input}
          id={id}
          type={shown ? 'text' : 'password'}
          className="field pe-14"
          autoCapitalize="none"
          spellCheck={false}
          {...describedBy(id, { hint, error })}
        />
        <IconButton
          label={t(shown ? 'design.password.hide' : 'design.password.show')}
          icon={shown ? <EyeOff size={20} /> : <Eye size={20} />}
          className="absolute inset-y-0 end-1 my-auto"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
    </Field>
  )
}

export type TextAreaProps = FieldProps &
  TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }

export function TextArea({ label, hint, error, rows = 4, ...input }: TextAreaProps) {
  const made = useId()
  const id = input.id ?? made
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        {...input}
        id={id}
        rows={rows}
        className="field resize-y"
        {...describedBy(id, { hint, error })}
      />
    </Field>
  )
}

export type SelectFieldProps = FieldProps &
  SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }

export function SelectField({ label, hint, error, children, ...input }: SelectFieldProps) {
  const made = useId()
  const id = input.id ?? made
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select {...input} id={id} className="field" {...describedBy(id, { hint, error })}>
        {children}
      </select>
    </Field>
  )
}
