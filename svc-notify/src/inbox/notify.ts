import type { MemberId } from '@accord/contracts/id'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { queueMail } from '../mail/queue.ts'
import { type MailTopic, mailPreferencesOf } from '../preference/store.ts'
import { hasLeft } from './forget.ts'
import { addNotification, type NewNotification, unreadCount } from './store.ts'

/**
 * Puts a notification into a member's inbox and, when it is a new entry and the member wants it, queues a mail, in
 * the transaction of the event. For one who has left, or about one, nothing happens. The answer is run after the commit: it tells the member's sockets.
 */
export async function notify(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'db' | 'publishLive'>,
  memberId: MemberId,
  notification: NewNotification,
  mailTopic: MailTopic | null,
): Promise<() => Promise<void>> {
  const { memberId: aboutWhom } = notification.about
  const concerned = aboutWhom === undefined ? [memberId] : [memberId, aboutWhom as MemberId]
  if (await hasLeft(trx, concerned)) return async () => {}
  const now = deps.clock()
  const isNew = await addNotification(trx, memberId, notification, now)
  if (isNew && mailTopic !== null && (await mailPreferencesOf(trx, memberId))[mailTopic]) {
    await queueMail(trx, { memberId, kind: mailTopic }, now)
  }
  return () => pushUnread(deps, memberId)
}

/** Tells the member's sockets how many entries are unread, after the commit. */
export async function pushUnread(deps: Pick<Deps, 'db' | 'publishLive'>, memberId: MemberId): Promise<void> {
  deps.publishLive(memberId, { type: 'notification', unread: await unreadCount(deps.db.primary, memberId) })
}
