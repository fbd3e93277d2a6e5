import type { MemberRole } from '@accord/contracts/actor'
import { profileChanged } from '@accord/contracts/event/identity'
import { type MemberId, newId, toUuid } from '@accord/contracts/id'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import { normaliseEmail } from '../account/email-address.ts'
import { accountRow, addressDigests } from '../account/store.ts'
import { consentRows } from '../consent/record.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import type { PreparedPhoto } from '../photo/pool.ts'
import { photoRow } from '../photo/upload.ts'
import { shippedGazetteer } from '../place/gazetteer.ts'
import { factsOf } from '../profile/facts.ts'
import type { ProfileChange } from '../profile/schema.ts'
import { profileRow } from '../profile/update.ts'

export interface MemberToAdd {
  /** Must be free. */
  email: string
  /** Of argon2id; thousands of demo members share one. */
  passwordHash: string
  role: MemberRole
  /** `YYYY-MM-DD`. */
  birthDate: string
  displayName: string
  profile: ProfileChange
  photos: readonly PreparedPhoto[]
}

type BulkDeps = Pick<Deps, 'envelope' | 'keyring' | 'clock'>

/**
 * Adds confirmed members with whole profiles, as registering, confirming and filling in would one by one, in
 * few statements for all: call it with a few hundred at a time. The others hear their facts; nobody gets a mail
 * or a welcome. Everything must be what the API would accept. Throws when an address is taken.
 */
export async function addMembers(
  trx: Transaction<Database>,
  deps: BulkDeps,
  members: readonly MemberToAdd[],
): Promise<MemberId[]> {
  if (members.length === 0) return []
  const now = deps.clock()
  const rows = []
  for (const member of members) rows.push(await rowsOf(trx, deps, member, now))
  await trx
    .insertInto('accounts')
    .values(rows.map(({ account }) => account))
    .execute()
  await trx
    .insertInto('email_claims')
    .values(rows.flatMap(({ claims }) => claims))
    .execute()
  await trx
    .insertInto('consents')
    .values(rows.flatMap(({ consents }) => consents))
    .execute()
  await trx
    .insertInto('profiles')
    .values(rows.map(({ profile }) => profile))
    .execute()
  const photos = rows.flatMap((row) => row.photos)
  if (photos.length > 0) await trx.insertInto('photos').values(photos).execute()
  for (const { memberId: aggregateId, facts: data } of rows)
    await enqueue(trx, profileChanged, { aggregateId, data, clock: deps.clock })
  return rows.map(({ memberId }) => memberId)
}

async function rowsOf(trx: Transaction<Database>, deps: BulkDeps, member: MemberToAdd, now: Date) {
  const memberId = newId('mem')
  const { passwordHash, role, birthDate, displayName, profile: change } = member
  const email = normaliseEmail(member.email)
  if (email === null) throw new Error(`no email address: ${member.email}`)
  const account = await accountRow(
    trx,
    deps,
    { memberId, email, passwordHash, role, birthDate, displayName, locale: 'en' },
    now,
  )
  const place = change.placeId ? shippedGazetteer().find(change.placeId) : null
  const profile = await profileRow(trx, deps, memberId, change, place)
  const facts = factsOf({
    role,
    birthMonth: account.birth_month,
    gender: change.gender ?? null,
    cell: profile.cell ?? null,
    languages: change.languages ?? [],
    hasPhoto: member.photos.length > 0,
  })
  return {
    memberId,
    facts,
    account: { ...account, status: 'active' as const, email_confirmed_at: now },
    claims: addressDigests(deps.keyring, email).map(({ version, digest }) => ({
      digest_version: version,
      digest,
      member_id: toUuid(memberId),
      claimed_at: now,
    })),
    consents: consentRows(memberId, { terms: true, privacy: true, sensitiveData: true }, now),
    profile: { ...profile, facts: JSON.stringify(facts), visible: facts.visible },
    photos: member.photos.map((photo, position) =>
      photoRow(memberId, { id: newId('pho'), ...photo }, position, now),
    ),
  }
}
