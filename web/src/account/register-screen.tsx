import { useMutation } from '@tanstack/react-query'
import { Link, useLocation, useRouter } from '@tanstack/react-router'
import { type FormEvent, useEffect } from 'react'
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { shownLocale } from '../text/language.ts'
import { useText } from '../text/use-text.ts'
import { AboutStep } from './about-step.tsx'
import { AccessStep } from './access-step.tsx'
import { CheckMail } from './check-mail.tsx'
import { ConsentsStep } from './consents-step.tsx'
import './history-state.ts'
import { OutsidePage } from './outside-page.tsx'
import { problemText } from './problem-text.ts'
import { keepDraft, type Registration, readDraft } from './register-draft.ts'
import {
  accountOf,
  type Field,
  fieldsOf,
  openStep,
  problemsOf,
  refusedFields,
  type Step,
  stepOf,
  steps,
} from './register-steps.ts'
import { register } from './requests.ts'
import { RoleStep } from './role-step.tsx'

const screens = { role: RoleStep, about: AboutStep, access: AccessStep, consents: ConsentsStep }

/**
 * Registers in steps. The step is in the history, so that back and forward lead through them; what was typed is
 * kept over steps, refusals and reload, but for the password.
 */
export function RegisterScreen() {
  const t = useText()
  const router = useRouter()
  const asked = useLocation({ select: ({ state }) => state.registerStep ?? 'role' })
  const passwordAgain = useLocation({ select: ({ state }) => state.passwordAgain === true })
  const form = useForm<Registration>({ defaultValues: readDraft(), resolver })
  const { errors } = form.formState
  const go = (registerStep: Step | 'sent', options: { replace?: boolean; passwordAgain?: boolean } = {}) =>
    router.navigate({
      to: '/register',
      replace: options.replace === true,
      state: { registerStep, passwordAgain: options.passwordAgain === true },
    })
  const sending = useMutation({
    // The mails that follow are in the language of this page.
    mutationFn: (values: Registration) =>
      register({ ...accountOf(values, new Date()), locale: shownLocale() }),
    onSuccess: () => go('sent', { replace: true }),
    onError: (error) => {
      const refused = Object.entries(refusedFields(error)) as [Field, string][]
      for (const [field, message] of refused) form.setError(field, { message })
      const step = steps.find((name) => refused.some(([field]) => stepOf(field) === name))
      if (step && step !== 'consents') void go(step)
    },
  })
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => keepDraft(values) }),
    [form],
  )
  const values = form.getValues()
  const sent = asked === 'sent' && values.email !== ''
  const wanted = asked === 'sent' ? 'role' : asked
  const step = openStep(wanted, values, new Date())
  useEffect(() => {
    // After a reload, or by an entry of the history from before: an earlier step is to be answered first.
    if (!sent && asked !== step) void go(step, { replace: true, passwordAgain: step === 'access' })
  })
  useEffect(() => {
    // What was refused is where to begin, rather than the heading.
    const first = fieldsOf[step].find((field) => form.getFieldState(field).error)
    if (first) form.setFocus(first)
  }, [form, step])

  if (sent) return <CheckMail email={values.email.trim()} onChangeAddress={() => void go('access')} />

  const next = steps[steps.indexOf(step) + 1]
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await form.trigger([...fieldsOf[step]], { shouldFocus: true }))) return
    if (next) await go(next)
    else sending.mutate(form.getValues())
  }
  const Screen = screens[step]
  const unplaced = sending.isError && Object.keys(refusedFields(sending.error)).length === 0
  return (
    <OutsidePage
      key={step}
      title={t(`account.register.${step}.title`)}
      lead={t(`account.register.${step}.lead`)}
      above={<Progress step={step} />}
      onBack={() => (step === 'role' ? void router.navigate({ to: '/' }) : router.history.back())}
    >
      <form noValidate className="grid gap-7" onSubmit={onSubmit}>
        {step === 'access' && passwordAgain && <Notice>{t('account.register.passwordAgain')}</Notice>}
        <Screen form={form} errors={errors} />
        {step === 'consents' && unplaced && <Notice tone="bad">{problemText(t, sending.error)}</Notice>}
        <Button type="submit" wide busy={sending.isPending}>
          {t(next ? 'account.register.next' : 'account.register.action')}
        </Button>
      </form>
      {step === 'role' && (
        <p className="text-ink-soft">
          {t('account.register.known')}{' '}
          <Link
            to="/sign-in"
            className="inline-flex min-h-11 items-center font-medium text-wine-text underline underline-offset-4"
          >
            {t('account.signIn.action')}
          </Link>
        </p>
      )}
    </OutsidePage>
  )
}

function Progress({ step }: { step: Step }) {
  const t = useText()
  const number = steps.indexOf(step) + 1
  return (
    <div className="grid gap-2">
      <p className="text-ink-soft text-sm">
        {t('account.register.progress', { number, count: steps.length })}
      </p>
      <div aria-hidden="true" className="grid grid-cols-4 gap-1.5">
        {steps.map((name, at) => (
          <span key={name} className={`h-1 rounded-full ${at < number ? 'bg-wine' : 'bg-line'}`} />
        ))}
      </div>
    </div>
  )
}

const resolver: Resolver<Registration> = (values) => {
  const problems = Object.entries(problemsOf(values, new Date()))
  if (problems.length === 0) return { values, errors: {} }
  const errors = Object.fromEntries(problems.map(([field, message]) => [field, { type: 'rule', message }]))
  return { values: {}, errors: errors as FieldErrors<Registration> }
}
