import { type MatchId, type MemberId, withPrefix } from '@accord/contracts/id'
import type { Match } from './schema.ts'

/** A conversation's id is its match's with another prefix: it can be opened before the event has arrived. */
export function presentMatch(id: MatchId, otherId: MemberId, createdAt: Date): Match {
  return {
    id,
    memberId: otherId,
    conversationId: withPrefix('con', id),
    createdAt: createdAt.toISOString(),
  }
}
