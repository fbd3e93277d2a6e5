import { type Card, card } from '@accord/contracts/call/identity'
import type { MemberId } from '@accord/contracts/id'
import type { Call } from '@accord/kit/call'

/**
 * Cards of these members as the viewer may see them; identity leaves out who is hidden, blocked or gone.
 * Throws AppError `unavailable` while identity is away.
 */
export async function fetchCards(
  call: Call,
  viewerId: MemberId,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, Card>> {
  if (memberIds.length === 0) return new Map()
  const { cards } = await call(card, { viewerId, memberIds: [...memberIds] })
  return new Map(cards.map((found) => [found.id, found]))
}
