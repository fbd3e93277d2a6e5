import { entitlements, freeEntitlements } from '@accord/contracts/call/billing'
import type { MemberId } from '@accord/contracts/id'
import { answer } from '@accord/kit/call'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { planOf } from '../plan/plans.ts'
import { memberPlan } from './rules.ts'
import { subscriptionsOf } from './store.ts'

/** The member's plan and what it allows at this moment. */
export async function entitlementsOf(db: Kysely<Database>, memberId: MemberId, now: Date) {
  const plan = memberPlan(await subscriptionsOf(db, memberId), now)
  return { plan, entitlements: planOf(plan.plan)?.entitlements ?? freeEntitlements }
}

export const entitlementsAnswer = (deps: Deps) =>
  answer(entitlements, async ({ memberId }) => {
    const { entitlements } = await entitlementsOf(deps.db.primary, memberId, deps.clock())
    return { entitlements }
  })
