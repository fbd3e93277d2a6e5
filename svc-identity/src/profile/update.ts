import { type MemberId, toUuid } from '@accord/contracts/id'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import type { PresentPhoto } from '../photo/present.ts'
import { cellOf } from '../place/cell.ts'
import { type Place, shippedGazetteer } from '../place/gazetteer.ts'
import { emitProfileFacts } from './facts.ts'
import { loadProfiles } from './load.ts'
import { ownProfile } from './own.ts'
import { lockOwnAccount } from './own-account.ts'
import type { OwnProfile, ProfileChange } from './schema.ts'
import { sealPlace } from './sealed-place.ts'
import { textOrNull } from './text.ts'

type UpdateDeps = Pick<Deps, 'db' | 'envelope' | 'cache' | 'clock'>

/** Changes what is named, clears what is null, and tells the other services when their facts have changed. */
export async function updateOwnProfile(
  deps: UpdateDeps,
  present: PresentPhoto,
  memberId: MemberId,
  change: ProfileChange,
): Promise<OwnProfile | Refused<'account_closed' | 'place_unknown'>> {
  const place = change.placeId ? shippedGazetteer().find(change.placeId) : null
  if (change.placeId && !place) return refused('place_unknown')
  const answer = await deps.db.primary.transaction().execute(async (trx) => {
    const refusal = await lockOwnAccount(trx, memberId)
    if (refusal) return refusal
    await writeAccount(trx, memberId, change)
    await writeProfile(trx, deps, memberId, change, place)
    await emitProfileFacts(trx, memberId, deps)
    const [profile] = await loadProfiles(trx, deps.envelope, [memberId])
    return profile ? ownProfile(profile, present) : refused('account_closed')
  })
  if (isRefused(answer)) return answer
  await deps.cache.drop('profile', memberId)
  return answer
}

/** What of a profile stands with the account. */
async function writeAccount(
  trx: Transaction<Database>,
  memberId: MemberId,
  { displayName, locale }: ProfileChange,
): Promise<void> {
  const row = {
    ...(displayName === undefined ? {} : { display_name: displayName }),
    ...(locale === undefined ? {} : { locale }),
  }
  if (Object.keys(row).length === 0) return
  await trx.updateTable('accounts').set(row).where('id', '=', toUuid(memberId)).execute()
}

async function writeProfile(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope' | 'clock'>,
  memberId: MemberId,
  change: ProfileChange,
  place: Place | null,
): Promise<void> {
  const { member_id, ...row } = await profileRow(trx, deps, memberId, change, place)
  await trx
    .insertInto('profiles')
    .values({ member_id, ...row })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(row))
    .execute()
}

/** The columns that a change names, as they are stored. */
export async function profileRow(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope' | 'clock'>,
  memberId: MemberId,
  change: ProfileChange,
  place: Place | null,
) {
  return {
    member_id: toUuid(memberId),
    ...(change.gender === undefined ? {} : { gender: change.gender }),
    ...(change.headline === undefined ? {} : { headline: textOrNull(change.headline) }),
    ...(change.about === undefined ? {} : { about: textOrNull(change.about) }),
    ...(change.lookingFor === undefined ? {} : { looking_for: textOrNull(change.lookingFor) }),
    ...(change.languages === undefined ? {} : { languages: change.languages ?? [] }),
    ...(change.prompts === undefined ? {} : { prompts: JSON.stringify(change.prompts ?? []) }),
    ...(change.placeId === undefined
      ? {}
      : {
          cell: place && cellOf(place),
          place_sealed: place && (await sealPlace(trx, deps.envelope, memberId, place)),
        }),
    updated_at: deps.clock(),
  }
}
