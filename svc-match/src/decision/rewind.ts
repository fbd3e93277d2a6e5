import type { MemberId } from '@accord/contracts/id'
import { noteWrite } from '@accord/kit/db/read-your-writes'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import { hashOf, type OnceRefusal, once } from '@accord/kit/idempotency/once'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { readEntitlements } from '../entitlement/read.ts'
import { lockPair } from '../pair-lock.ts'
import type { Rewound } from './schema.ts'
import { findLastPass, removePass } from './store.ts'

/** Everybody may take back a slip of the finger. */
const slipMs = 60_000

/**
 * Takes back the last pass: any with the entitlement, else one of the last minute. With an idempotency key, a
 * second click does not take back a second pass.
 */
export async function rewindDecision(
  deps: Pick<Deps, 'db' | 'redis' | 'cache' | 'call' | 'clock' | 'log'>,
  memberId: MemberId,
  idempotencyKey: string | null,
): Promise<Rewound | Refused<'nothing_to_rewind' | OnceRefusal>> {
  const { rewind } = await readEntitlements(deps, memberId)
  const oldest = new Date(rewind ? 0 : deps.clock().getTime() - slipMs)
  const request = {
    actor: memberId,
    operation: 'rewindDecision',
    key: idempotencyKey,
    bodyHash: hashOf({}),
    clock: deps.clock,
  }
  const rewound = await once(deps.db.primary, request, (trx) => rewindWithin(trx, memberId, oldest))
  if (isRefused(rewound)) return rewound
  await Promise.all([deps.cache.drop('deck', memberId), noteWrite(deps.db, deps.redis, memberId)])
  return rewound
}

async function rewindWithin(
  trx: Transaction<Database>,
  memberId: MemberId,
  oldest: Date,
): Promise<Rewound | Refused<'nothing_to_rewind'>> {
  const pass = await findLastPass(trx, memberId)
  if (!pass || pass.at < oldest) return refused('nothing_to_rewind')
  await lockPair(trx, memberId, pass.otherId)
  // Another click may have taken it back while we waited.
  return (await removePass(trx, memberId, pass)) ? { memberId: pass.otherId } : refused('nothing_to_rewind')
}
