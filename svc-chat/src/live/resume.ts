import { type resume, resumeLimit } from '@accord/contracts/call/chat'
import { type ConversationId, isId, type MemberId } from '@accord/contracts/id'
import type { ConversationChange } from '@accord/contracts/live'
import type { Static } from '@sinclair/typebox'
import { openSides, type Side } from '../conversation/store.ts'
import type { ChatDeps } from '../deps.ts'
import { changesIn, type Gap } from './gap.ts'

type Answer = Static<(typeof resume)['response']>['conversations']

/** Changes and bytes that one answer carries at most; what does not fit is fetched as a snapshot. */
const answerLimits = { changes: 1000, bytes: 256 * 1024 }

/**
 * `rpc.chat.resume`: for each of the member's open conversations the whole gap since a seq, or
 * `recovered: false`; never a part. Conversations that are closed or not the member's are left out.
 */
export async function resumeFrom(
  deps: Pick<ChatDeps, 'db' | 'envelope'>,
  memberId: MemberId,
  known: Record<string, number>,
): Promise<Answer> {
  const ids = Object.keys(known).filter((id): id is ConversationId => isId('con', id))
  // The primary: a gap must end where the conversation really is.
  const sides = await openSides(deps.db.primary, memberId, ids)
  const gaps = sides.map((side) => gapOf(side, known[side.conversationId] ?? 0))
  const chosen = choose(gaps)
  const changes = await changesIn(deps, memberId, chosen)
  const answer: Answer = {}
  let bytes = 0
  for (const gap of gaps) {
    const found = gap.from === gap.to ? [] : changes.get(gap.conversationId)
    const size = found ? Buffer.byteLength(JSON.stringify(found)) : 0
    const whole = found && isWhole(gap, found) && bytes + size <= answerLimits.bytes
    if (whole) bytes += size
    answer[gap.conversationId] = { recovered: whole === true, seq: gap.to, changes: whole ? found : [] }
  }
  return answer
}

function gapOf(side: Side, from: number): Gap {
  return { conversationId: side.conversationId, from, to: side.lastSeq }
}

/** The gaps that are short enough, the shortest first, as many as one answer may carry. */
function choose(gaps: readonly Gap[]): Gap[] {
  const lengthOf = (gap: Gap) => gap.to - gap.from
  let left = answerLimits.changes
  return gaps
    .filter((gap) => lengthOf(gap) > 0 && lengthOf(gap) <= resumeLimit)
    .sort((one, other) => lengthOf(one) - lengthOf(other))
    .filter((gap) => {
      left -= lengthOf(gap)
      return left >= 0
    })
}

/** Seqs have no gaps, so counting proves that nothing is missing. */
function isWhole(gap: Gap, changes: readonly ConversationChange[]): boolean {
  return changes.length === gap.to - gap.from
}
