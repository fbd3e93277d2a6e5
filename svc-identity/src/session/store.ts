import { fromUuid, type MemberId, type SessionId, toUuid } from '@accord/contracts/id'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { RefreshTokensTable, SessionEnd, SessionsTable } from './tables.ts'

export type Session = Selectable<SessionsTable>
export type RefreshToken = Selectable<RefreshTokensTable>

export async function insertSession(
  trx: Transaction<Database>,
  session: Omit<Session, 'ended_at' | 'end_reason'>,
): Promise<void> {
  await trx.insertInto('sessions').values(session).execute()
}

/** A session that is open. */
export function findOpenSession(
  db: Kysely<Database>,
  memberId: MemberId,
  sessionId: SessionId,
  now: Date,
): Promise<Session | undefined> {
  return openSession(db, memberId, sessionId, now).executeTakeFirst()
}

/** A session that is open, locked: uses of one refresh token come one after another. */
export function lockOpenSession(
  trx: Transaction<Database>,
  memberId: MemberId,
  sessionId: SessionId,
  now: Date,
): Promise<Session | undefined> {
  return openSession(trx, memberId, sessionId, now).forUpdate().executeTakeFirst()
}

function openSession(db: Kysely<Database>, memberId: MemberId, sessionId: SessionId, now: Date) {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .where('id', '=', toUuid(sessionId))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
}

export async function touchSession(
  trx: Transaction<Database>,
  session: Pick<Session, 'member_id' | 'id'>,
  change: { last_used_at: Date; expires_at: Date; label: string },
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set(change)
    .where('member_id', '=', session.member_id)
    .where('id', '=', session.id)
    .execute()
}

/** The member has proved anew who they are. The session must be locked. */
export async function markAuthenticated(
  trx: Transaction<Database>,
  session: Pick<Session, 'member_id' | 'id'>,
  proof: Pick<Session, 'authenticated_at' | 'amr'>,
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set(proof)
    .where('member_id', '=', session.member_id)
    .where('id', '=', session.id)
    .execute()
}

/** A page of open sessions, newest first; one more than `limit` when there are more. */
export function listOpenSessions(
  db: Kysely<Database>,
  memberId: MemberId,
  page: { limit: number; before: { createdAt: Date; id: string } | null; now: Date },
): Promise<Session[]> {
  const { before } = page
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', page.now)
    .$if(before !== null, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(before?.createdAt ?? page.now, before?.id ?? '')),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
}

/** Ids of the open sessions beyond the newest `keep`, by their last use. */
export async function sessionsBeyond(
  trx: Transaction<Database>,
  memberId: MemberId,
  keep: number,
): Promise<SessionId[]> {
  const rows = await trx
    .selectFrom('sessions')
    .select('id')
    .where('member_id', '=', toUuid(memberId))
    .where('ended_at', 'is', null)
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .offset(keep)
    .execute()
  return rows.map((row) => fromUuid('ses', row.id))
}

/** Marks open sessions as ended and gives their ids: those listed, or all but `except`. */
export async function markEnded(
  trx: Transaction<Database>,
  memberId: MemberId,
  which: { only: readonly SessionId[] } | { except: SessionId | null },
  end: { reason: SessionEnd; now: Date },
): Promise<SessionId[]> {
  const rows = await trx
    .updateTable('sessions')
    .set({ ended_at: end.now, end_reason: end.reason })
    .where('member_id', '=', toUuid(memberId))
    .where('ended_at', 'is', null)
    .where((eb) => {
      if ('only' in which)
        return which.only.length > 0 ? eb('id', 'in', which.only.map(toUuid)) : eb.lit(false)
      return which.except === null ? eb.lit(true) : eb('id', '<>', toUuid(which.except))
    })
    .returning('id')
    .execute()
  return rows.map((row) => fromUuid('ses', row.id))
}

export async function insertRefreshToken(
  trx: Transaction<Database>,
  token: Pick<RefreshToken, 'member_id' | 'session_id' | 'token_hash' | 'issued_at' | 'expires_at'>,
): Promise<void> {
  await trx.insertInto('refresh_tokens').values(token).execute()
}

export function findRefreshToken(
  trx: Transaction<Database>,
  session: Pick<Session, 'member_id' | 'id'>,
  hash: Buffer,
): Promise<RefreshToken | undefined> {
  return trx
    .selectFrom('refresh_tokens')
    .selectAll()
    .where('member_id', '=', session.member_id)
    .where('session_id', '=', session.id)
    .where('token_hash', '=', hash)
    .executeTakeFirst()
}

/** Whether this refresh token was issued for a session that somebody has ended since. */
export async function belongsToEndedSession(
  trx: Transaction<Database>,
  memberId: MemberId,
  sessionId: SessionId,
  hash: Buffer,
): Promise<boolean> {
  const row = await trx
    .selectFrom('sessions')
    .innerJoin('refresh_tokens', (join) =>
      join
        .onRef('refresh_tokens.member_id', '=', 'sessions.member_id')
        .onRef('refresh_tokens.session_id', '=', 'sessions.id'),
    )
    .select('sessions.id')
    .where('sessions.member_id', '=', toUuid(memberId))
    .where('sessions.id', '=', toUuid(sessionId))
    .where('sessions.ended_at', 'is not', null)
    .where('refresh_tokens.token_hash', '=', hash)
    .executeTakeFirst()
  return row !== undefined
}

export async function markUsed(
  trx: Transaction<Database>,
  token: Pick<RefreshToken, 'member_id' | 'session_id' | 'token_hash'>,
  use: { used_at: Date; used_by: Buffer; answer_sealed: Buffer },
): Promise<void> {
  await trx
    .updateTable('refresh_tokens')
    .set(use)
    .where('member_id', '=', token.member_id)
    .where('session_id', '=', token.session_id)
    .where('token_hash', '=', token.token_hash)
    .execute()
}
