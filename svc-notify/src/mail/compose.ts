import { contact, mail as requestedMail } from '@accord/contracts/call/identity'
import type { Deps } from '../deps.ts'
import type { MailTopic } from '../preference/store.ts'
import type { QueuedMail } from './queue.ts'
import { type RenderedMail, renderMail } from './render.ts'

/** Where the button of a notification mail leads. */
const paths: Record<MailTopic, string> = { match: '/matches', message: '/messages', subscription: '/billing' }

/**
 * Asks identity for address and link at the moment of sending, so that neither lies in a queue or a stream.
 * Null when there is nobody to write to any more, or the link is used or expired.
 */
export async function composeMail(
  deps: Pick<Deps, 'call' | 'publicUrl'>,
  queued: QueuedMail,
): Promise<(RenderedMail & { to: string }) | null> {
  if (queued.memberId !== null) {
    const { contact: found } = await deps.call(contact, { memberId: queued.memberId })
    if (!found) return null
    const link = `${deps.publicUrl}${paths[queued.kind as MailTopic]}`
    return {
      to: found.email,
      ...renderMail(queued.kind, { ...found, link, code: null }),
    }
  }
  const { mail } = await deps.call(requestedMail, { mailId: queued.id })
  return mail && { to: mail.to, ...renderMail(mail.kind, mail) }
}
