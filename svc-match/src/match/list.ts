import { isId, type MatchId, type MemberId } from '@accord/contracts/id'
import { defaultPageLimit, type Page } from '@accord/contracts/page'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { AppError } from '@accord/kit/error'
import { decodeCursor, pageOf } from '@accord/kit/http/cursor'
import { fetchCards } from '../candidate/cards.ts'
import type { Deps } from '../deps.ts'
import { presentMatch } from './present.ts'
import type { ListedMatch, MatchesQuery } from './schema.ts'
import { listSides } from './store.ts'

/** Active matches with the other member's card, the newest first. */
export async function listMatches(
  deps: Pick<Deps, 'db' | 'redis' | 'call'>,
  memberId: MemberId,
  page: MatchesQuery,
): Promise<Page<ListedMatch>> {
  const limit = page.limit ?? defaultPageLimit
  const before = page.cursor === undefined ? null : parseCursor(page.cursor)
  const db = await replicaFor(deps.db, deps.redis, memberId)
  const { data, pagination } = pageOf(
    await listSides(db, memberId, { before, limit: limit + 1, otherId: page.memberId ?? null }),
    limit,
    (side) => [side.id],
  )
  const cards = await fetchCards(
    deps.call,
    memberId,
    data.map((side) => side.otherId),
  )
  return {
    data: data.map((side) => ({
      ...presentMatch(side.id, side.otherId, side.createdAt),
      member: cards.get(side.otherId) ?? null,
    })),
    pagination,
  }
}

function parseCursor(cursor: string): MatchId {
  const [matchId] = decodeCursor(cursor)
  if (typeof matchId === 'string' && isId('mat', matchId)) return matchId
  throw new AppError('validation_failed', {
    fields: [{ path: '/cursor', in: 'query', expected: 'nextCursor of the page before' }],
  })
}
