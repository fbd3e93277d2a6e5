import { isProblem } from '../api/problem.ts'
import type { TextKey } from '../text/keys.ts'
import type { Registration } from './register-draft.ts'
import type { NewAccount } from './requests.ts'
import { birthDateFrom, isAdult, isEmail, isLongEnough, mostPasswordLength } from './rules.ts'

export const steps = ['role', 'about', 'access', 'consents'] as const
export type Step = (typeof steps)[number]
export type Field = keyof Registration
export type Problems = Partial<Record<Field, TextKey>>

/** Problems of a birth date are told at its first field. */
export const fieldsOf: Record<Step, readonly Field[]> = {
  role: ['role'],
  about: ['displayName', 'birthDay'],
  access: ['email', 'password'],
  consents: ['terms', 'privacy', 'sensitiveData'],
}

const mostNameLength = 40

/** What stands in the way of sending it, each with the sentence that says what to do. */
export function problemsOf(values: Registration, now: Date): Problems {
  const problems: Problems = {}
  const name = values.displayName.trim()
  const birthDate = birthDateOf(values, now)
  if (values.role === '') problems.role = 'account.role.problem'
  if (name === '') problems.displayName = 'account.name.problem'
  if (name.length > mostNameLength) problems.displayName = 'account.name.long'
  if (birthDate === null) problems.birthDay = 'account.birth.problem'
  else if (!isAdult(birthDate, now)) problems.birthDay = 'account.birth.underAge'
  if (!isEmail(values.email)) problems.email = 'account.email.problem'
  if (!isLongEnough(values.password)) problems.password = 'account.password.short'
  if (values.password.length > mostPasswordLength) problems.password = 'account.password.long'
  for (const consent of fieldsOf.consents) if (!values[consent]) problems[consent] = 'account.consent.problem'
  return problems
}

/** A later step stands open only when those before it are answered. */
export function openStep(asked: Step, values: Registration, now: Date): Step {
  const problems = problemsOf(values, now)
  const before = steps.slice(0, steps.indexOf(asked))
  return before.find((step) => fieldsOf[step].some((field) => problems[field])) ?? asked
}

export function stepOf(field: Field): Step {
  return steps.find((step) => fieldsOf[step].includes(field)) ?? 'role'
}

/** What the platform refused, at the fields where it can be put right; nothing for what is no fault of a field. */
export function refusedFields(error: unknown): Problems {
  if (!isProblem(error)) return {}
  const whole = byCode[error.code]
  if (whole) return whole
  const problems: Problems = {}
  for (const { path } of error.fields) {
    const known = byPath[path]
    if (known) Object.assign(problems, known)
  }
  return problems
}

const consentsMissing: Problems = Object.fromEntries(
  fieldsOf.consents.map((field) => [field, 'account.consent.problem']),
)

const byCode: Record<string, Problems> = {
  under_age: { birthDay: 'account.birth.underAge' },
  password_too_weak: { password: 'account.password.weak' },
  consent_required: consentsMissing,
}

const byPath: Record<string, Problems> = {
  '/role': { role: 'account.role.problem' },
  '/displayName': { displayName: 'account.name.refused' },
  '/birthDate': { birthDay: 'account.birth.problem' },
  '/email': { email: 'account.email.problem' },
  '/password': { password: 'account.password.weak' },
  '/consents/terms': { terms: 'account.consent.problem' },
  '/consents/privacy': { privacy: 'account.consent.problem' },
  '/consents/sensitiveData': { sensitiveData: 'account.consent.problem' },
}

/** As the platform takes it. */
export function accountOf(values: Registration, now: Date): NewAccount {
  const { role, displayName, email, password, terms, privacy, sensitiveData, marketing } = values
  const birthDate = birthDateOf(values, now)
  // The steps let nobody pass who has not answered.
  if (role === '' || birthDate === null) throw new Error('the registration is not complete')
  return {
    role,
    displayName: displayName.trim(),
    birthDate,
    email: email.trim(),
    password,
    consents: { terms, privacy, sensitiveData, marketing },
  }
}

function birthDateOf({ birthDay, birthMonth, birthYear }: Registration, now: Date): string | null {
  return birthDateFrom(birthDay, birthMonth, birthYear, now)
}
