import { fromUuid, type IdOf, type MemberId, newId, toUuid } from '@accord/contracts/id'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { NotificationAbout, NotificationKind } from './kind.ts'

export interface NewNotification {
  kind: NotificationKind
  about: NotificationAbout
  /** What it is about in one word: an unread entry with the same topic is counted up. */
  topic: string
  /** Of a message: its place in the conversation. */
  seq?: number
}

export interface Notification {
  id: IdOf<'ntf'>
  kind: NotificationKind
  about: NotificationAbout
  count: number
  createdAt: Date
  readAt: Date | null
}

/** Adds an entry, or counts an unread one of the same topic up. Answers the id of an entry that is new, else null. */
export async function addNotification(
  trx: Transaction<Database>,
  memberId: MemberId,
  notification: NewNotification,
  now: Date,
): Promise<IdOf<'ntf'> | null> {
  const row = await trx
    .insertInto('notifications')
    .values({
      member_id: toUuid(memberId),
      id: toUuid(newId('ntf')),
      kind: notification.kind,
      about: JSON.stringify(notification.about),
      topic: notification.topic,
      last_seq: notification.seq ?? null,
      created_at: now,
      read_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['member_id', 'topic'])
        .where('read_at', 'is', null)
        .doUpdateSet((eb) => ({
          count: eb('notifications.count', '+', 1),
          about: eb.ref('excluded.about'),
          created_at: eb.ref('excluded.created_at'),
          // Of two numbers the greater, of a number and none the number.
          last_seq: sql<number | null>`greatest(notifications.last_seq, excluded.last_seq)`,
        })),
    )
    .returning(['id', 'count'])
    .executeTakeFirstOrThrow()
  return row.count === 1 ? fromUuid('ntf', row.id) : null
}

/** Whether an entry is there and not read. */
export async function isUnread(
  db: Kysely<Database>,
  memberId: MemberId,
  notificationId: IdOf<'ntf'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('notifications')
    .select('id')
    .where('member_id', '=', toUuid(memberId))
    .where('id', '=', toUuid(notificationId))
    .where('read_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** The newest first; `before` is where the last page ended. */
export async function notificationsOf(
  db: Kysely<Database>,
  memberId: MemberId,
  limit: number,
  before: { createdAt: Date; id: IdOf<'ntf'> } | null,
): Promise<Notification[]> {
  const rows = await db
    .selectFrom('notifications')
    .select(['id', 'kind', 'about', 'count', 'created_at', 'read_at'])
    .where('member_id', '=', toUuid(memberId))
    .$if(before !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('created_at', 'id'),
          '<',
          tuple(before?.createdAt ?? new Date(0), toUuid(before?.id ?? newId('ntf'))),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: fromUuid('ntf', row.id),
    kind: row.kind,
    about: row.about,
    count: row.count,
    createdAt: row.created_at,
    readAt: row.read_at,
  }))
}

/** How many entries are unread; counted up to a hundred, which is where a badge ends. */
export async function unreadCount(db: Kysely<Database>, memberId: MemberId): Promise<number> {
  const counted = await sql<{ unread: number }>`
    select count(*)::int as unread from (
      select 1 from notifications where member_id = ${toUuid(memberId)} and read_at is null limit 100
    ) as entries`.execute(db)
  return counted.rows[0]?.unread ?? 0
}

/** Marks the named entries as read, or all of them. Repeating it changes nothing. */
export async function markRead(
  db: Kysely<Database>,
  memberId: MemberId,
  which: IdOf<'ntf'>[] | 'all',
  now: Date,
): Promise<void> {
  await db
    .updateTable('notifications')
    .set({ read_at: now })
    .where('member_id', '=', toUuid(memberId))
    .where('read_at', 'is', null)
    .$if(which !== 'all', (query) => query.where('id', 'in', which === 'all' ? [] : which.map(toUuid)))
    .execute()
}
