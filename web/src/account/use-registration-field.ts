import type { FieldErrors, UseFormReturn } from 'react-hook-form'
import type { TextKey } from '../text/keys.ts'
import { useText } from '../text/use-text.ts'
import type { Registration } from './register-draft.ts'
import type { Field } from './register-steps.ts'

export interface StepProps {
  form: UseFormReturn<Registration>
  errors: FieldErrors<Registration>
}

/** What an input of a step needs; its problem is gone as soon as somebody works on it. */
export function useRegistrationField({ form, errors }: StepProps) {
  const t = useText()
  return (name: Field, owner: Field = name) => {
    const message = errors[owner]?.message
    return {
      ...form.register(name, { onChange: () => form.clearErrors(owner) }),
      // Problems are kept as keys, so that they change with the language.
      error: message === undefined ? undefined : t(message as TextKey),
    }
  }
}
