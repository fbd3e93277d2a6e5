import type { Card } from '@accord/contracts/call/identity'
import type { PresentPhoto } from '../photo/present.ts'
import type { StoredProfile } from '../profile/load.ts'
import { ageAt } from './age.ts'

/** What is kept in the cache of a card: no birth date, no coordinates, and names of objects in place of URLs. */
export type CachedCard = Omit<Card, 'photos'> & Pick<StoredProfile, 'photos'>

export function cacheableCard(profile: StoredProfile, now: Date): CachedCard {
  return {
    id: profile.memberId,
    displayName: profile.displayName,
    age: ageAt(profile.birthDate, now),
    role: profile.role,
    gender: profile.gender,
    headline: profile.headline,
    about: profile.about,
    lookingFor: profile.lookingFor,
    city: profile.place?.name ?? null,
    languages: profile.languages,
    prompts: profile.prompts,
    photos: profile.photos,
    verified: false,
  }
}

export function presentCard(card: CachedCard, present: PresentPhoto): Card {
  return { ...card, photos: card.photos.map(present) }
}
