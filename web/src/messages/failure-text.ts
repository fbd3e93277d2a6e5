import { isProblem } from '../api/problem.ts'
import type { Translate } from '../text/use-text.ts'

/** Why a message or a match could not be changed, and what to do, in one sentence. */
export function failureText(t: Translate, error: unknown): string {
  if (!isProblem(error)) return t('messages.failed.other')
  switch (error.code) {
    case 'offline':
      return t('messages.failed.offline')
    case 'message_not_editable':
      return t('messages.failed.tooLate')
    case 'conversation_closed':
      return t('messages.closed.title')
    case 'validation_failed':
      return t('messages.failed.text')
    case 'too_many_requests':
      return t('messages.failed.busy')
    default:
      return t('messages.failed.other')
  }
}

/** Why the platform will not take a message, by the code of its refusal. */
export function refusalText(t: Translate, code: string): string {
  if (code === 'validation_failed' || code === 'payload_too_large') return t('messages.failed.text')
  if (code === 'conversation_closed') return t('messages.closed.title')
  return t('messages.refused')
}
