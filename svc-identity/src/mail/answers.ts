import { contact, mail } from '@accord/contracts/call/identity'
import { answer, type CallAnswer } from '@accord/kit/call'
import type { Deps } from '../deps.ts'
import { readContact, readMail } from './read.ts'

/** What notify asks identity for, at the moment it sends. */
export function mailAnswers(deps: Deps): CallAnswer[] {
  return [
    answer(mail, async ({ mailId }) => ({ mail: await readMail(deps, mailId) })),
    answer(contact, async ({ memberId }) => ({ contact: await readContact(deps, memberId) })),
  ]
}
