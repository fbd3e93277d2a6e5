import { fromUuid, type MemberId } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import type { Envelope } from '@accord/kit/crypto/envelope'
import type { Keyring } from '@accord/kit/crypto/keyring'
import { addressDigests } from '@accord/svc-identity/account/store'
import { addMembers } from '@accord/svc-identity/bulk/add-members'
import type { Database as IdentityDatabase } from '@accord/svc-identity/db'
import type { PreparedPhoto } from '@accord/svc-identity/photo/pool'
import type { Database as MatchDatabase } from '@accord/svc-match/db'
import { storeFirstPreferences } from '@accord/svc-match/preference/store'
import type { Kysely } from 'kysely'
import type { Person } from './person.ts'

export interface SeedDeps {
  identity: Kysely<IdentityDatabase>
  match: Kysely<MatchDatabase>
  envelope: Envelope
  keyring: Keyring
  clock: Clock
  /** The one hash of all demo members. */
  passwordHash(): Promise<string>
  portraits(): Promise<readonly PreparedPhoto[]>
}

/** Adds those of these people who are not there yet, and what they seek. Answers all ids, in order, and who is new. */
export async function addPeople(
  deps: SeedDeps,
  people: readonly Person[],
): Promise<{ memberIds: MemberId[]; added: number }> {
  const known = await findKnown(deps, people)
  const missing = people.filter((person) => !known.has(person.email))
  if (missing.length > 0) {
    const [passwordHash, portraits] = await Promise.all([deps.passwordHash(), deps.portraits()])
    const members = missing.map(({ portraits: positions, ...person }) => ({
      ...person,
      passwordHash,
      photos: positions.flatMap((position) => portraits[position] ?? []),
    }))
    const added = await deps.identity.transaction().execute((trx) => addMembers(trx, deps, members))
    for (const [position, { email }] of missing.entries()) {
      const memberId = added[position]
      if (memberId) known.set(email, memberId)
    }
  }
  const entries = people.flatMap(({ email, preferences }) => {
    const memberId = known.get(email)
    return memberId ? [{ memberId, preferences }] : []
  })
  // After a run that was cut off, members may be there without what they seek.
  await storeFirstPreferences(deps.match, entries, deps.clock())
  return { memberIds: entries.map(({ memberId }) => memberId), added: missing.length }
}

async function findKnown(
  deps: Pick<SeedDeps, 'identity' | 'keyring'>,
  people: readonly Person[],
): Promise<Map<string, MemberId>> {
  const emailByDigest = new Map<string, string>()
  const digests: Buffer[] = []
  for (const { email } of people) {
    for (const { digest } of addressDigests(deps.keyring, email)) {
      emailByDigest.set(digest.toString('hex'), email)
      digests.push(digest)
    }
  }
  const rows = await deps.identity
    .selectFrom('email_claims')
    .where('digest', 'in', digests)
    .select(['digest', 'member_id'])
    .execute()
  return new Map(
    rows.flatMap(({ digest, member_id }) => {
      const email = emailByDigest.get(digest.toString('hex'))
      return email ? [[email, fromUuid('mem', member_id)] as const] : []
    }),
  )
}
