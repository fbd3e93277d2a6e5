import { memberConfirmed } from '@accord/contracts/event/identity'
import { fromUuid, type MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { peekLink, takeLink } from '../mail/link.ts'
import { emitProfileFacts } from '../profile/facts.ts'
import {
  activate,
  addressDigests,
  claimAddress,
  findAccount,
  findPending,
  lockAccount,
  lockAddress,
  openEmail,
  releaseAddress,
  removePending,
} from './store.ts'

type ConfirmDeps = Pick<Deps, 'envelope' | 'keyring' | 'clock'>

/** Confirms the address that a mailed link went to. The link works once. */
export async function verifyEmail(
  deps: Deps,
  token: string,
): Promise<{ status: 'confirmed' } | Refused<'link_invalid'>> {
  const now = deps.clock()
  return deps.db.primary.transaction().execute(async (trx) => {
    const memberId = await peekLink(trx, token, 'confirm', now)
    if (memberId === null) return refused('link_invalid')
    await lockAddressOf(trx, deps, memberId)
    const taken = await takeLink(trx, token, 'confirm', now)
    const confirmed = taken !== null && (await confirmMember(trx, deps, memberId))
    return confirmed ? { status: 'confirmed' } : refused('link_invalid')
  })
}

/**
 * Makes a registered member a confirmed one, who holds the address from now on; other registrations of it
 * are removed. False when it was confirmed before, or somebody else was first.
 */
export async function confirmMember(
  trx: Transaction<Database>,
  deps: ConfirmDeps,
  memberId: MemberId,
): Promise<boolean> {
  const digests = await lockAddressOf(trx, deps, memberId)
  const account = await lockAccount(trx, memberId)
  if (account?.status !== 'pending' || digests === null) return false
  const now = deps.clock()
  if (!(await claimAddress(trx, memberId, digests, now))) {
    await releaseAddress(trx, memberId)
    return false
  }
  await activate(trx, memberId, now)
  for (const rival of await findPending(trx, digests)) {
    await removePending(trx, deps.envelope, fromUuid('mem', rival.id))
  }
  await enqueue(trx, memberConfirmed, { aggregateId: memberId, data: {}, actor: memberId, clock: deps.clock })
  await emitProfileFacts(trx, memberId, deps)
  return true
}

/**
 * Makes confirmations of one address come one after another. Before any row is locked: each removes the rows of
 * the others.
 */
async function lockAddressOf(trx: Transaction<Database>, deps: ConfirmDeps, memberId: MemberId) {
  const account = await findAccount(trx, memberId)
  if (!account) return null
  const digests = addressDigests(deps.keyring, await openEmail(trx, deps.envelope, account))
  await lockAddress(trx, digests)
  return digests
}
