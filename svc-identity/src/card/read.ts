import type { Card } from '@accord/contracts/call/identity'
import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Deps } from '../deps.ts'
import type { PresentPhoto } from '../photo/present.ts'
import { loadProfiles } from '../profile/load.ts'
import { createBatch } from './batch.ts'
import { type CachedCard, cacheableCard, presentCard } from './present.ts'
import { selectServable } from './servable.ts'

type CardDeps = Pick<Deps, 'db' | 'cache' | 'envelope' | 'clock'>

export interface Cards {
  /** Cards of these members as the viewer may see them, in the order asked for; the others are left out. */
  many(viewerId: MemberId, memberIds: readonly MemberId[]): Promise<Card[]>
  /** One card. Refused alike for unknown, hidden and blocked members, so that a block does not show. */
  one(viewerId: MemberId, memberId: MemberId): Promise<Card | Refused<'not_found'>>
}

/** Reads cards through the cache of profiles; whether they may be seen is asked of the database each time. */
export function createCards(deps: CardDeps, present: PresentPhoto): Cards {
  const load = createBatch<MemberId, CachedCard>(async (memberIds) => {
    // Not from a replica: a card from before the last change would be kept for a quarter of an hour.
    const profiles = await loadProfiles(deps.db.primary, deps.envelope, memberIds)
    return new Map(profiles.map((profile) => [profile.memberId, cacheableCard(profile, deps.clock())]))
  })

  async function many(viewerId: MemberId, memberIds: readonly MemberId[]): Promise<Card[]> {
    if (memberIds.length === 0) return []
    const servable = await selectServable(deps.db.primary, viewerId, memberIds)
    const asked = memberIds.filter((id) => servable.has(id))
    const cards = await Promise.all(asked.map((id) => deps.cache.read('profile', id, () => load(id))))
    return cards.flatMap((card) => (card ? presentCard(card, present) : []))
  }

  return {
    many,
    async one(viewerId, memberId) {
      const [card] = await many(viewerId, [memberId])
      return card ?? refused('not_found')
    },
  }
}
