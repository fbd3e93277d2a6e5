import { isId, type MemberId } from '@accord/contracts/id'
import { defaultPageLimit, type PageQuery } from '@accord/contracts/page'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { AppError } from '@accord/kit/error'
import { decodeCursor, pageOf } from '@accord/kit/http/cursor'
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

/** As likedAt is put into a cursor; another form may name a time that Postgres has not. */
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function parseCursor(cursor: string): ReceivedLike {
  const [time, likerId] = decodeCursor(cursor)
  const likedAt = new Date(isoTime.test(String(time)) ? String(time) : Number.NaN)
  if (typeof likerId === 'string' && isId('mem', likerId) && !Number.isNaN(likedAt.getTime()))
    return { likedAt, likerId }
  throw new AppError('validation_failed', {
    fields: [{ path: '/cursor', in: 'query', expected: 'nextCursor of the page before' }],
  })
}
