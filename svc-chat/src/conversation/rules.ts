import type { ConversationId, MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'

/** What the rules need to know of a conversation. */
export interface Conversation {
  id: ConversationId
  memberIds: readonly [MemberId, MemberId]
  lastSeq: number
  closed: boolean
}

export type NoPart = 'not_found' | 'conversation_closed'

/**
 * Whether a member takes part in a conversation that is still open. To anybody else it does not exist; once
 * it is closed neither member can read or write it, so that an end (a block above all) is an end.
 */
export function refusalFor(conversation: Conversation, memberId: MemberId): Refused<NoPart> | null {
  if (!conversation.memberIds.includes(memberId)) return refused('not_found')
  return conversation.closed ? refused('conversation_closed') : null
}

/** The other one of the two. */
export function peerOf(conversation: Pick<Conversation, 'memberIds'>, memberId: MemberId): MemberId {
  const [first, second] = conversation.memberIds
  return first === memberId ? second : first
}

/** Both members as they are stored and locked: the smaller uuid first. */
export function inOrder(one: MemberId, other: MemberId): readonly [MemberId, MemberId] {
  // TypeIDs of one prefix sort as their uuids do.
  return one < other ? [one, other] : [other, one]
}

/** Largest seq that the database can hold; a greater one from a client means "all". */
export const maxSeq = 2_147_483_647
