import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { StoredMessage } from './store.ts'

export const maxTextLength = 4000
export const editableForMinutes = 15

/**
 * A message's text as it is stored: line ends as \n, no space around it. Null when nothing visible is left,
 * or when it holds control characters or broken surrogates, which no keyboard makes.
 */
export function normaliseText(given: string): string | null {
  const text = given.replaceAll('\r\n', '\n').trim()
  if (text.length > maxTextLength || !text.isWellFormed()) return null
  return visible.test(text) && !control.test(text) ? text : null
}

/** Anything but spaces, controls and the invisible format characters. */
const visible = /[^\p{C}\p{Z}\s]/u
/** C0 and C1 but tab and line feed. */
const control = /[^\P{Cc}\t\n]/u

/** An author may change the words for a quarter of an hour, while they are fresh. */
export function mayEdit(
  message: StoredMessage,
  memberId: MemberId,
  now: Date,
): Refused<'forbidden' | 'message_not_editable'> | null {
  if (message.senderId !== memberId) return refused('forbidden')
  if (message.deletedAt !== null) return refused('message_not_editable')
  const age = now.getTime() - message.createdAt.getTime()
  return age > editableForMinutes * 60_000 ? refused('message_not_editable') : null
}

/** An author may take a message back at any time. */
export function mayDelete(message: StoredMessage, memberId: MemberId): Refused<'forbidden'> | null {
  return message.senderId === memberId ? null : refused('forbidden')
}
