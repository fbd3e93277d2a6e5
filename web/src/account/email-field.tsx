import { TextField, type TextFieldProps } from '../design/field.tsx'

/** An address is written from the left in every language. */
export function EmailField(props: TextFieldProps) {
  return (
    <TextField
      type="email"
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      className="rtl:text-end"
      {...props}
    />
  )
}
