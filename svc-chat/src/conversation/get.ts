import type { ConversationId, MemberId } from '@accord/contracts/id'
import { isRefused, type Refused } from '@accord/kit/error'
import type { Static } from '@sinclair/typebox'
import type { ChatDeps } from '../deps.ts'
import { enterToRead } from './enter.ts'
import { itemsOf } from './item.ts'
import type { NoPart } from './rules.ts'
import type { ConversationItem } from './schema.ts'

/** One conversation as the list shows it, also where it stands far down in the list. */
export async function getConversation(
  deps: ChatDeps,
  memberId: MemberId,
  conversationId: ConversationId,
): Promise<Static<typeof ConversationItem> | Refused<NoPart>> {
  const reading = await enterToRead(deps, memberId, conversationId)
  if (isRefused(reading)) return reading
  const [item] = await itemsOf(deps, reading.db, memberId, [reading.side])
  if (!item) throw new Error('one side makes one item')
  return item
}
