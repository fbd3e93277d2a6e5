import type { MailKind as RequestedMailKind } from '@accord/contracts/event/identity'
import { fromUuid, type IdOf, type MemberId, newId, toUuid } from '@accord/contracts/id'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { MailTopic } from '../preference/store.ts'
import type { MailKind } from './kind.ts'

export interface QueuedMail {
  id: IdOf<'eml'>
  memberId: MemberId | null
  /** The entry that a notification mail tells of; null for identity's mails. */
  notificationId: IdOf<'ntf'> | null
  kind: MailKind
  attempts: number
}

/**
 * While a mail is in hand nobody else takes it; a sender that died gives it back after this. Longer than the
 * slowest server may take for all of its answers (see the transport's timeouts).
 */
const leaseMs = 180_000
const retryDelaysMs = [5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 21_600_000]

/** Time in which somebody who is there reads a message, and then needs no mail about it. */
export const messageMailDelayMs = 120_000

/** Queues a mail about a notification, in the notification's transaction. */
export async function queueMail(
  trx: Transaction<Database>,
  mail: { memberId: MemberId; kind: MailTopic; notificationId: IdOf<'ntf'> },
  now: Date,
): Promise<void> {
  const delayMs = mail.kind === 'message' ? messageMailDelayMs : 0
  await insert(trx, { ...mail, id: newId('eml'), dueAt: new Date(now.getTime() + delayMs) }, now)
}

/** Queues a mail that identity asked for; its id is identity's, so asking twice queues one. */
export async function queueRequestedMail(
  trx: Transaction<Database>,
  id: IdOf<'eml'>,
  kind: RequestedMailKind,
  now: Date,
): Promise<void> {
  await insert(trx, { id, memberId: null, notificationId: null, kind, dueAt: now }, now)
}

/** Takes up to `limit` mails that are due, and keeps others from taking them. */
export async function takeDueMails(db: Kysely<Database>, limit: number, now: Date): Promise<QueuedMail[]> {
  const rows = await db
    .updateTable('mails')
    .set((eb) => ({ next_attempt_at: new Date(now.getTime() + leaseMs), attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', (query) =>
      query
        .selectFrom('mails')
        .select('id')
        .where('state', '=', 'queued')
        .where('next_attempt_at', '<=', now)
        .orderBy('next_attempt_at')
        .limit(limit)
        // Another instance's picks are passed over, not waited for.
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'member_id', 'notification_id', 'kind', 'attempts'])
    .execute()
  return rows.map((row) => ({
    id: fromUuid('eml', row.id),
    memberId: row.member_id === null ? null : fromUuid('mem', row.member_id),
    notificationId: row.notification_id === null ? null : fromUuid('ntf', row.notification_id),
    kind: row.kind,
    attempts: row.attempts,
  }))
}

/** Notes the end of a mail. `reason` is a word for the operator, never an address. */
export async function finishMail(
  db: Kysely<Database>,
  id: IdOf<'eml'>,
  state: 'sent' | 'dropped' | 'failed',
  reason: string | null,
  now: Date,
): Promise<void> {
  await db.updateTable('mails').set({ state, reason, done_at: now }).where('id', '=', toUuid(id)).execute()
}

/** Puts a mail back with a growing delay; after the last one it has failed. */
export async function postponeMail(
  db: Kysely<Database>,
  mail: QueuedMail,
  reason: string,
  now: Date,
): Promise<void> {
  const delayMs = retryDelaysMs[mail.attempts - 1]
  if (delayMs === undefined) return finishMail(db, mail.id, 'failed', reason, now)
  const jitterMs = Math.random() * delayMs * 0.2
  await db
    .updateTable('mails')
    .set({ reason, next_attempt_at: new Date(now.getTime() + delayMs + jitterMs) })
    .where('id', '=', toUuid(mail.id))
    .execute()
}

async function insert(
  trx: Transaction<Database>,
  mail: Omit<QueuedMail, 'attempts'> & { dueAt: Date },
  now: Date,
): Promise<void> {
  const { id, memberId, notificationId, kind, dueAt } = mail
  await trx
    .insertInto('mails')
    .values({
      id: toUuid(id),
      member_id: memberId === null ? null : toUuid(memberId),
      notification_id: notificationId === null ? null : toUuid(notificationId),
      kind,
      state: 'queued',
      next_attempt_at: dueAt,
      created_at: now,
      done_at: null,
      reason: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}
