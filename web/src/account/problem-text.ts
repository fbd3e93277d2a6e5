import { isProblem } from '../api/problem.ts'
import type { TextKey } from '../text/keys.ts'
import type { Translate } from '../text/use-text.ts'

/** A sentence for what went wrong with something that was sent, that says what to do next. */
export function problemText(t: Translate, error: unknown): string {
  if (!isProblem(error)) return t('account.problem.other')
  if (error.code === 'too_many_requests') return tooMany(t, error.retryAfterSeconds)
  const known = texts[error.code]
  if (known) return t(known)
  return t(error.status >= 502 ? 'account.problem.away' : 'account.problem.other')
}

const texts: Record<string, TextKey> = {
  offline: 'account.problem.offline',
  invalid_credentials: 'account.problem.credentials',
  email_not_confirmed: 'account.problem.notConfirmed',
  account_closed: 'account.problem.closed',
  challenge_invalid: 'account.problem.challenge',
  code_invalid: 'account.code.wrong',
  password_too_weak: 'account.password.weak',
  validation_failed: 'account.problem.fields',
}

function tooMany(t: Translate, seconds: number | null): string {
  if (seconds === null) return t('account.problem.tooMany')
  return seconds < 90
    ? t('account.problem.tooMany.seconds', { seconds })
    : t('account.problem.tooMany.minutes', { minutes: Math.ceil(seconds / 60) })
}
