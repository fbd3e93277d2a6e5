import type { MemberId, SessionId } from '@accord/contracts/id'
import { kvBuckets } from '@accord/contracts/stream'
import { enqueueKv } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { markEnded } from './store.ts'
import type { SessionEnd } from './tables.ts'

/**
 * Ends open sessions here and tells every gateway, with the same transaction: their access tokens are refused
 * and their sockets closed. Gives how many there were.
 */
export async function endSessions(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock'>,
  memberId: MemberId,
  which: { only: readonly SessionId[] } | { except: SessionId | null },
  reason: SessionEnd,
): Promise<number> {
  const ended = await markEnded(trx, memberId, which, { reason, now: deps.clock() })
  // Read when the sessions are locked: a refresh that was under way until then may have signed a token later.
  const now = deps.clock()
  // In one order, whoever ends them: each key's lock is held until the commit.
  for (const sessionId of ended.sort()) {
    // An ended session issues no more tokens, so what it issued in this very second counts as before too.
    await enqueueKv(trx, kvBuckets.revokedSessions, `session.${sessionId}`, {
      notBefore: seconds(now) + 1,
    })
  }
  return ended.length
}

/**
 * Ends all of a member's sessions. Beside each of them, the member as a whole is named to the gateways: no
 * token issued before this second is good for anything.
 */
export async function endAllSessionsOf(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock'>,
  memberId: MemberId,
  reason: SessionEnd,
): Promise<void> {
  await endSessions(trx, deps, memberId, { except: null }, reason)
  await enqueueKv(trx, kvBuckets.revokedSessions, `member.${memberId}`, { notBefore: seconds(deps.clock()) })
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
