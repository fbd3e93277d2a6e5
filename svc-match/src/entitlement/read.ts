import { type Entitlements, entitlements, freeEntitlements } from '@accord/contracts/call/billing'
import { type MemberId, toUuid } from '@accord/contracts/id'
import { isAppError } from '@accord/kit/error'
import type { Deps } from '../deps.ts'

type EntitlementDeps = Pick<Deps, 'db' | 'call' | 'clock' | 'log'>

/** What a member's subscription allows; what billing said last while it is away, else what is free. */
export async function readEntitlements(deps: EntitlementDeps, memberId: MemberId): Promise<Entitlements> {
  const [told, known] = await Promise.all([ask(deps, memberId), findKnown(deps, memberId)])
  if (told === null) return known ?? freeEntitlements
  // Mostly nothing has changed, and a read stays a read.
  if (!Bun.deepEquals(known ?? freeEntitlements, told)) await remember(deps, memberId, told)
  return told
}

async function ask(deps: EntitlementDeps, memberId: MemberId): Promise<Entitlements | null> {
  try {
    return (await deps.call(entitlements, { memberId })).entitlements
  } catch (error) {
    deps.log.warn('billing cannot be asked', { code: isAppError(error) ? error.code : 'internal' })
    return null
  }
}

async function findKnown(deps: EntitlementDeps, memberId: MemberId): Promise<Entitlements | null> {
  const row = await deps.db.replica
    .selectFrom('known_entitlements')
    .where('member_id', '=', toUuid(memberId))
    .select('entitlements')
    .executeTakeFirst()
  return row?.entitlements ?? null
}

async function remember(deps: EntitlementDeps, memberId: MemberId, told: Entitlements): Promise<void> {
  const values = { entitlements: JSON.stringify(told), known_at: deps.clock() }
  await deps.db.primary
    .insertInto('known_entitlements')
    .values({ member_id: toUuid(memberId), ...values })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(values))
    .execute()
}
