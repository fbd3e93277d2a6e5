import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { ref?: Ref<HTMLInputElement> }

interface GroupProps {
  legend: string
  hint?: ReactNode
  error?: string | undefined
  children: ReactNode
}

/** Choices that belong together, under one question. */
export function ChoiceGroup({ legend, hint, error, children }: GroupProps) {
  const id = useId()
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? id : undefined}>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {hint && <p className="-mt-1.5 text-ink-soft text-sm">{hint}</p>}
      <div className="flex flex-wrap gap-2">{children}</div>
      {error && (
        <p id={id} className="text-bad text-sm">
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** One of several, or several of several, as a chip: `type` radio or checkbox. */
export function Chip({ label, type, ...input }: InputProps & { label: string; type: 'radio' | 'checkbox' }) {
  return (
    <label className="has-checked:border-wine has-checked:bg-wine-soft has-checked:text-wine-text inline-flex min-h-11 items-center rounded-full border border-line-strong bg-surface px-4 font-medium transition-colors hover:border-ink-soft has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-wine-text has-focus-visible:outline-offset-2">
      <input {...input} type={type} className="sr-only" />
      {label}
    </label>
  )
}

/** One of several where each needs a sentence. */
export function RadioCard({ label, text, ...input }: InputProps & { label: string; text: ReactNode }) {
  return (
    <label className="has-checked:border-wine has-checked:bg-wine-soft grid w-full gap-0.5 rounded-card border border-line-strong bg-surface p-4 transition-colors hover:border-ink-soft has-focus-visible:outline-2 has-focus-visible:outline-wine-text has-focus-visible:outline-offset-2">
      <input {...input} type="radio" className="sr-only" />
      <span className="font-serif text-lg">{label}</span>
      <span className="text-ink-soft text-sm">{text}</span>
    </label>
  )
}

/** A statement to agree with. */
export function Checkbox({
  label,
  hint,
  error,
  ...input
}: InputProps & { label: ReactNode; hint?: ReactNode; error?: string | undefined }) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <label className="flex min-h-11 items-start gap-3 py-2">
        <input
          {...input}
          type="checkbox"
          className="mt-0.5 size-5 shrink-0 accent-wine"
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? id : undefined}
        />
        <span>{label}</span>
      </label>
      {(error || hint) && (
        <p id={id} className={`ps-8 text-sm ${error ? 'text-bad' : 'text-ink-soft'}`}>
          {error ?? hint}
        </p>
      )}
    </div>
  )
}

/** On or off, at once. */
export function Switch({ label, hint, ...input }: InputProps & { label: string; hint?: ReactNode }) {
  const id = useId()
  return (
    <label className="flex min-h-12 items-center justify-between gap-4 py-2">
      <span className="grid">
        <span className="font-medium">{label}</span>
        {hint && (
          <span id={id} className="text-ink-soft text-sm">
            {hint}
          </span>
        )}
      </span>
      <input
        {...input}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
        role="switch"
        className="peer sr-only"
        aria-describedby={hint ? id : undefined}
      />
      <span
        aria-hidden="true"
        className="relative h-7 w-12 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors peer-checked:border-wine peer-checked:bg-wine peer-focus-visible:outline-2 peer-focus-visible:outline-wine-text peer-focus-visible:outline-offset-2 peer-disabled:opacity-50 after:absolute after:start-1 after:top-1/2 after:size-5 after:-translate-y-1/2 after:rounded-full after:bg-line-strong after:transition-all peer-checked:after:start-[1.4rem] peer-checked:after:bg-on-wine"
      />
    </label>
  )
}
