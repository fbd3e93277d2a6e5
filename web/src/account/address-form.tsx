import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import type { TextKey } from '../text/keys.ts'
import { useText } from '../text/use-text.ts'
import { EmailField } from './email-field.tsx'
import { problemText } from './problem-text.ts'
import { isEmail } from './rules.ts'
import { SendAgain } from './send-again.tsx'
import { WithAddress } from './with-address.tsx'

interface AddressFormProps {
  email: string
  action: string
  send(email: string): Promise<unknown>
  /** What is said once it was sent, the same whether the address is known or not. */
  sent: TextKey
}

/** Asks for an address and sends a mail there; then it can be sent again, or another address be given. */
export function AddressForm({ email, action, send, sent }: AddressFormProps) {
  const t = useText()
  const { register, handleSubmit, formState, getValues } = useForm({ defaultValues: { email } })
  const sending = useMutation({ mutationFn: send })
  const answer = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (sending.isSuccess) answer.current?.focus()
  }, [sending.isSuccess])
  if (sending.isSuccess) {
    const address = getValues('email').trim()
    return (
      <div className="grid gap-5">
        <p
          ref={answer}
          tabIndex={-1}
          data-focus-quiet
          className="rounded-control bg-good-soft px-4 py-3 text-good"
        >
          <WithAddress id={sent} email={address} />
        </p>
        <div className="grid justify-items-start gap-3">
          <SendAgain label={t('account.again.mail')} send={() => send(address)} justSent />
          <Button look="quiet" className="-ms-5" onClick={() => sending.reset()}>
            {t('account.address.other')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={handleSubmit((values) => sending.mutate(values.email.trim()))}
    >
      <EmailField
        label={t('account.email.label')}
        error={formState.errors.email?.message}
        {...register('email', { validate: (value) => isEmail(value) || t('account.email.problem') })}
      />
      {sending.isError && <Notice tone="bad">{problemText(t, sending.error)}</Notice>}
      <Button type="submit" wide busy={sending.isPending}>
        {action}
      </Button>
    </form>
  )
}
