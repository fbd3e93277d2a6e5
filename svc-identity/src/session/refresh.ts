import { fromUuid, type MemberId, type SessionId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import { findAccount } from '../account/store.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { deviceLabel } from '../device/label.ts'
import { requestMail } from '../mail/request.ts'
import { hashToken, uuidsOf } from '../opaque-token.ts'
import { type Client, clientDigest } from './client.ts'
import { endSessions } from './end.ts'
import { lifetime } from './lifetime.ts'
import { issueRefreshToken, type OpenedSession, type Tokens } from './open.ts'
import {
  belongsToEndedSession,
  findRefreshToken,
  lockOpenSession,
  markUsed,
  type RefreshToken,
  type Session,
  touchSession,
} from './store.ts'

/**
 * Gives a new pair of tokens for a refresh token, which is used up (RFC 9700, 4.14). For 30 s the same client
 * gets the same answer again: two tabs, or an answer that was lost. Any other second use means that the token
 * is in two hands, and ends the family.
 */
export async function refreshSession(
  deps: Deps,
  token: string,
  client: Client,
): Promise<OpenedSession | Refused<'refresh_invalid' | 'session_revoked'>> {
  const [member, id] = uuidsOf(token, 2) ?? []
  if (member === undefined || id === undefined) return refused('refresh_invalid')
  const memberId = fromUuid('mem', member)
  const sessionId = fromUuid('ses', id)
  const now = deps.clock()
  return deps.db.primary.transaction().execute(async (trx) => {
    const session = await lockOpenSession(trx, memberId, sessionId, now)
    if (!session && (await belongsToEndedSession(trx, memberId, sessionId, hashToken(token))))
      return refused('session_revoked')
    if (session?.mode !== client.mode) return refused('refresh_invalid')
    const known = await findRefreshToken(trx, session, hashToken(token))
    if (!known || known.expires_at <= now) return refused('refresh_invalid')
    const tokens = known.used_at
      ? await repeat(trx, deps, session, known, client, known.used_at)
      : await rotate(trx, deps, session, known, client)
    if (tokens) return { ...tokens, memberId, sessionId, deviceToken: null }
    await endSessions(trx, deps, memberId, { only: [sessionId] }, 'refresh_reuse')
    await requestMail(trx, deps, { memberId, kind: 'security_notice' })
    return refused('refresh_invalid')
  })
}

/** What the use of a refresh token gave, as it is kept for a moment. */
interface KeptAnswer extends Tokens {
  /** What its access token says of when the member last proved who they are. */
  authenticatedAt: string
}

/**
 * The answer that the token's first use gave, for the client that made it and only for a moment. Where the member has
 * proved anew who they are since then, with an access token that says so: the older one would take that back.
 */
async function repeat(
  trx: Transaction<Database>,
  deps: Deps,
  session: Session,
  used: RefreshToken,
  client: Client,
  usedAt: Date,
): Promise<Tokens | null> {
  const isRecent = deps.clock().getTime() - usedAt.getTime() <= lifetime.repeatMs
  const isSame = used.used_by?.equals(clientDigest(client)) === true
  if (!isRecent || !isSame || used.answer_sealed === null) return null
  const kept: KeptAnswer = JSON.parse(
    await deps.envelope.decrypt(trx, sealedAnswer(used), used.answer_sealed),
  )
  const { refreshToken } = kept
  if (kept.authenticatedAt === session.authenticated_at.toISOString())
    return { refreshToken, accessToken: kept.accessToken }
  const accessToken = await signFor(trx, deps, session)
  return accessToken === null ? null : { refreshToken, accessToken }
}

async function rotate(
  trx: Transaction<Database>,
  deps: Deps,
  session: Session,
  token: RefreshToken,
  client: Client,
): Promise<Tokens | null> {
  const memberId: MemberId = fromUuid('mem', session.member_id)
  const sessionId: SessionId = fromUuid('ses', session.id)
  const accessToken = await signFor(trx, deps, session)
  if (accessToken === null) return null
  const now = deps.clock()
  const answer: Tokens = {
    refreshToken: await issueRefreshToken(trx, memberId, sessionId, now),
    accessToken,
  }
  const kept: KeptAnswer = { ...answer, authenticatedAt: session.authenticated_at.toISOString() }
  await markUsed(trx, token, {
    used_at: now,
    used_by: clientDigest(client),
    answer_sealed: await deps.envelope.encrypt(trx, sealedAnswer(token), JSON.stringify(kept)),
  })
  await touchSession(trx, session, {
    last_used_at: now,
    expires_at: new Date(
      Math.min(now.getTime() + lifetime.refreshMs, session.created_at.getTime() + lifetime.sessionMs),
    ),
    label: deviceLabel(client.userAgent),
  })
  return answer
}

/** An access token of a session as it stands under its lock; null where the account is no longer active. */
async function signFor(trx: Transaction<Database>, deps: Deps, session: Session): Promise<string | null> {
  const memberId = fromUuid('mem', session.member_id)
  const account = await findAccount(trx, memberId)
  if (account?.status !== 'active') return null
  return deps.accessTokens.sign({
    memberId,
    sessionId: fromUuid('ses', session.id),
    role: account.role,
    staff: account.staff,
    amr: session.amr,
    authenticatedAt: session.authenticated_at,
  })
}

function sealedAnswer(token: Pick<RefreshToken, 'member_id' | 'token_hash'>) {
  const owner = fromUuid('mem', token.member_id)
  return { owner, table: 'refresh_tokens', column: 'answer', row: token.token_hash.toString('hex') }
}
