import type { MemberId } from '@accord/contracts/id'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { type Refused, refused } from '@accord/kit/error'
import type { Deps } from '../deps.ts'
import type { PresentPhoto } from '../photo/present.ts'
import { loadProfiles, type StoredProfile } from './load.ts'
import type { MissingPart, OwnProfile } from './schema.ts'

/** A member's own profile, with what only the member sees. */
export async function getOwnProfile(
  deps: Pick<Deps, 'db' | 'redis' | 'envelope'>,
  present: PresentPhoto,
  memberId: MemberId,
): Promise<OwnProfile | Refused<'account_closed'>> {
  const db = await replicaFor(deps.db, deps.redis, memberId)
  const [profile] = await loadProfiles(db, deps.envelope, [memberId])
  return profile ? ownProfile(profile, present) : refused('account_closed')
}

export function ownProfile(profile: StoredProfile, present: PresentPhoto): OwnProfile {
  const { memberId, place, photos, ...shown } = profile
  const missing = missingParts(profile)
  return {
    id: memberId,
    ...shown,
    city: place && { id: place.id, name: place.name, country: place.country },
    photos: photos.map(present),
    completeness: { complete: missing.length === 0, missing },
  }
}

/** What is still needed before others see the profile; the same conditions as in facts.ts. */
function missingParts(profile: StoredProfile): MissingPart[] {
  const missing: MissingPart[] = []
  if (profile.gender === null) missing.push('gender')
  if (profile.place === null) missing.push('city')
  if (profile.photos.length === 0) missing.push('photo')
  return missing
}
