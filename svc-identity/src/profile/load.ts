import type { MemberRole } from '@accord/contracts/actor'
import type { Gender } from '@accord/contracts/event/identity'
import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import type { Locale } from '@accord/contracts/locale'
import type { Envelope } from '@accord/kit/crypto/envelope'
import type { Kysely } from 'kysely'
import { sealedIn } from '../account/store.ts'
import type { Database } from '../db.ts'
import { loadPhotos, type StoredPhoto } from '../photo/load.ts'
import { parsePlace, placeBinding, type SealedPlace } from './sealed-place.ts'
import type { PromptAnswer } from './tables.ts'

/** Everything that stands in a member's profile, opened. Never leaves the service as it is. */
export interface StoredProfile {
  memberId: MemberId
  displayName: string
  role: MemberRole
  locale: Locale
  birthDate: string
  gender: Gender | null
  headline: string | null
  about: string | null
  lookingFor: string | null
  place: SealedPlace | null
  languages: string[]
  prompts: PromptAnswer[]
  photos: StoredPhoto[]
}

/** Profiles of open accounts, in no order; ids that have none are left out. Three queries for any number. */
export async function loadProfiles(
  db: Kysely<Database>,
  envelope: Envelope,
  memberIds: readonly MemberId[],
): Promise<StoredProfile[]> {
  if (memberIds.length === 0) return []
  const rows = await selectProfiles(db, memberIds.map(toUuid))
  const photos = await loadPhotos(
    db,
    rows.map((row) => row.id),
  )
  const members = rows.map((row) => ({ row, memberId: fromUuid('mem', row.id) }))
  const opened = await envelope.decryptMany(
    db,
    members.flatMap(({ row, memberId }) => [
      { binding: sealedIn(memberId, 'birth_date'), sealed: row.birth_date_sealed },
      { binding: placeBinding(memberId), sealed: row.place_sealed },
    ]),
  )
  return members.flatMap(({ row, memberId }, index) => {
    const birthDate = opened[2 * index]
    // The key is gone: the member has just left.
    if (!birthDate) return []
    return {
      memberId,
      displayName: row.display_name,
      role: row.role,
      locale: row.locale,
      birthDate,
      gender: row.gender,
      headline: row.headline,
      about: row.about,
      lookingFor: row.looking_for,
      place: parsePlace(opened[2 * index + 1] ?? null),
      languages: row.languages ?? [],
      prompts: row.prompts ?? [],
      photos: photos.get(row.id) ?? [],
    }
  })
}

function selectProfiles(db: Kysely<Database>, uuids: string[]) {
  return db
    .selectFrom('accounts')
    .leftJoin('profiles', 'profiles.member_id', 'accounts.id')
    .where('accounts.id', 'in', uuids)
    .where('accounts.status', '<>', 'closed')
    .select([
      'accounts.id',
      'accounts.display_name',
      'accounts.role',
      'accounts.locale',
      'accounts.birth_date_sealed',
      'profiles.gender',
      'profiles.headline',
      'profiles.about',
      'profiles.looking_for',
      'profiles.place_sealed',
      'profiles.languages',
      'profiles.prompts',
    ])
    .execute()
}
