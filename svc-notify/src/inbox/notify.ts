import type { MemberId } from '@accord/contracts/id'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { queueMail } from '../mail/queue.ts'
import { type MailTopic, mailPreferencesOf } from '../preference/store.ts'
import { hasEnded, lockConversation } from './conversation-lock.ts'
import { hasLeft } from './forget.ts'
import { hasRead } from './read-conversation.ts'
import { addNotification, type NewNotification, unreadCount } from './store.ts'

/**
 * Puts a notification into a member's inbox and, when it is a new entry and the member wants it, queues a mail, in
 * the transaction of the event. Nothing happens for one who has left, or about one, or about what has ended or is
 * read. The answer is run after the commit: it tells the member's sockets.
 */
export async function notify(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'db' | 'publishLive'>,
  memberId: MemberId,
  notification: NewNotification,
  mailTopic: MailTopic | null,
): Promise<() => Promise<void>> {
  if (await isOver(trx, memberId, notification)) return async () => {}
  const now = deps.clock()
  const entry = await addNotification(trx, memberId, notification, now)
  if (entry !== null && mailTopic !== null && (await mailPreferencesOf(trx, memberId))[mailTopic]) {
    await queueMail(trx, { memberId, kind: mailTopic, notificationId: entry }, now)
  }
  return () => pushUnread(deps, memberId)
}

/** Whether what happened concerns nobody any more. It stays so, or not, until the transaction ends. */
async function isOver(
  trx: Transaction<Database>,
  memberId: MemberId,
  { about, seq }: NewNotification,
): Promise<boolean> {
  const concerned = about.memberId === undefined ? [memberId] : [memberId, about.memberId]
  if (await hasLeft(trx, concerned)) return true
  const { conversationId } = about
  if (conversationId === undefined) return false
  await lockConversation(trx, conversationId, 'shared')
  if (await hasEnded(trx, conversationId)) return true
  return seq !== undefined && (await hasRead(trx, memberId, { conversationId, seq }))
}

/** Tells the member's sockets how many entries are unread, after the commit. */
export async function pushUnread(deps: Pick<Deps, 'db' | 'publishLive'>, memberId: MemberId): Promise<void> {
  deps.publishLive(memberId, { type: 'notification', unread: await unreadCount(deps.db.primary, memberId) })
}
