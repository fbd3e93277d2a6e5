import { isId, type MemberId } from '@accord/contracts/id'
import { defaultPageLimit, type PageQuery } from '@accord/contracts/page'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { decodeTimeCursor, pageOf } from '@accord/kit/http/cursor'
import { fetchCards } from '../candidate/cards.ts'
import type { Deps } from '../deps.ts'
import { readEntitlements } from '../entitlement/read.ts'
import type { LikesReceived } from './schema.ts'
import { countReceivedLikes, listReceivedLikes, type ReceivedLike } from './store.ts'

/** Who likes a member and waits for an answer: cards with the entitlement, else how many there are. */
export async function listLikesReceived(
  deps: Pick<Deps, 'db' | 'redis' | 'call' | 'clock' | 'log'>,
  memberId: MemberId,
  page: PageQuery,
): Promise<LikesReceived> {
  const limit = page.limit ?? defaultPageLimit
  const before = page.cursor === undefined ? null : parseCursor(page.cursor)
  const db = await replicaFor(deps.db, deps.redis, memberId)
  const [{ seesLikesReceived: revealed }, count] = await Promise.all([
    readEntitlements(deps, memberId),
    countReceivedLikes(db, memberId),
  ])
  const likes = revealed ? await listReceivedLikes(db, memberId, { before, limit: limit + 1 }) : []
  const { data, pagination } = pageOf(likes, limit, (like) => [like.likedAt.toISOString(), like.likerId])
  const cards = await fetchCards(
    deps.call,
    memberId,
    data.map((like) => like.likerId),
  )
  return {
    data: data.flatMap(({ likerId, likedAt }) => {
      const member = cards.get(likerId)
      return member ? [{ member, likedAt: likedAt.toISOString() }] : []
    }),
    pagination,
    count,
    revealed,
  }
}

function parseCursor(cursor: string): ReceivedLike {
  const { time, id } = decodeTimeCursor(cursor, (text) => isId('mem', text))
  return { likedAt: time, likerId: id }
}
