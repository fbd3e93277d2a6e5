import { fromUuid, type MemberId, newId, type SessionId, toUuid } from '@accord/contracts/id'
import type { Selectable, Transaction } from 'kysely'
import type { AccountsTable } from '../account/tables.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { deviceLabel } from '../device/label.ts'
import { admitDevice } from '../device/recognise.ts'
import { mintToken } from '../opaque-token.ts'
import type { Client } from './client.ts'
import { endSessions } from './end.ts'
import { lifetime, mostSessions } from './lifetime.ts'
import { insertRefreshToken, insertSession, sessionsBeyond } from './store.ts'

/** What a sign-in or refresh hands out. */
export interface Tokens {
  accessToken: string
  refreshToken: string
}

export interface OpenedSession extends Tokens {
  memberId: MemberId
  sessionId: SessionId
  /** Set when the device was not known to the member's account before. */
  deviceToken: string | null
}

/**
 * Opens a session with its first tokens. The account must be locked: the limits on sessions and devices count
 * on it.
 */
export async function openSession(
  trx: Transaction<Database>,
  deps: Deps,
  account: Selectable<AccountsTable>,
  client: Client,
  proof: { amr: string[]; trustDevice: boolean },
): Promise<OpenedSession> {
  const memberId = fromUuid('mem', account.id)
  const sessionId = newId('ses')
  const now = deps.clock()
  const claim = { token: client.deviceToken, userAgent: client.userAgent }
  const { deviceId, newToken } = await admitDevice(trx, memberId, claim, { trust: proof.trustDevice, now })
  await insertSession(trx, {
    member_id: account.id,
    id: toUuid(sessionId),
    device_id: toUuid(deviceId),
    mode: client.mode,
    label: deviceLabel(client.userAgent),
    amr: proof.amr,
    authenticated_at: now,
    created_at: now,
    last_used_at: now,
    expires_at: new Date(now.getTime() + lifetime.refreshMs),
  })
  const only = await sessionsBeyond(trx, memberId, mostSessions)
  await endSessions(trx, deps, memberId, { only }, 'too_many_sessions')
  const refreshToken = await issueRefreshToken(trx, memberId, sessionId, now)
  const { role, staff } = account
  const { amr } = proof
  const accessToken = await deps.accessTokens.sign({
    memberId,
    sessionId,
    role,
    staff,
    amr,
    authenticatedAt: now,
  })
  return { memberId, sessionId, accessToken, refreshToken, deviceToken: newToken }
}

/** Adds a refresh token to a session's family. */
export async function issueRefreshToken(
  trx: Transaction<Database>,
  memberId: MemberId,
  sessionId: SessionId,
  now: Date,
): Promise<string> {
  const member_id = toUuid(memberId)
  const session_id = toUuid(sessionId)
  const { token, hash } = mintToken(member_id, session_id)
  await insertRefreshToken(trx, {
    member_id,
    session_id,
    token_hash: hash,
    issued_at: now,
    expires_at: new Date(now.getTime() + lifetime.refreshMs),
  })
  return token
}
