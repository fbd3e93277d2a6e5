import { isId, type MemberId } from '@accord/contracts/id'
import { defaultPageLimit, type PageQuery } from '@accord/contracts/page'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { AppError, isRefused, type Refused } from '@accord/kit/error'
import { decodeCursor, pageOf } from '@accord/kit/http/cursor'
import { fetchCards } from '../candidate/cards.ts'
import { dayEnd, likesLeft, utcDay } from '../decision/day.ts'
import { countLikes } from '../decision/store.ts'
import type { Deps } from '../deps.ts'
import { readEntitlements } from '../entitlement/read.ts'
import { shownDistanceKm } from './distance.ts'
import { pickCandidates } from './pick.ts'
import type { Deck } from './schema.ts'
import { loadViewer, type ViewerRefusal } from './viewer.ts'

/** One page of the deck: who could want the viewer and be wanted, nearest first, with the likes left today. */
export async function getDeck(
  deps: Pick<Deps, 'db' | 'redis' | 'cache' | 'call' | 'clock' | 'log'>,
  memberId: MemberId,
  page: PageQuery,
): Promise<Deck | Refused<ViewerRefusal>> {
  const after = page.cursor === undefined ? null : parseCursor(page.cursor)
  const now = deps.clock()
  const db = await replicaFor(deps.db, deps.redis, memberId)
  const viewer = await loadViewer(db, memberId, now)
  if (isRefused(viewer)) return viewer

  const limit = page.limit ?? defaultPageLimit
  const [candidates, entitlements, used] = await Promise.all([
    pickCandidates(deps, db, viewer, { after, count: limit + 1 }),
    readEntitlements(deps, memberId),
    countLikes(db, memberId, utcDay(now)),
  ])
  const { data, pagination } = pageOf(candidates, limit, (candidate) => [candidate.memberId])
  const cards = await fetchCards(
    deps.call,
    memberId,
    data.map((candidate) => candidate.memberId),
  )
  return {
    data: data.flatMap(({ memberId: id, chordKm }) => {
      const member = cards.get(id)
      return member ? [{ member, distanceKm: shownDistanceKm(chordKm) }] : []
    }),
    pagination,
    likesLeft: likesLeft(entitlements.dailyLikes, used),
    likesResetAt: dayEnd(now).toISOString(),
  }
}

/** The cursor is an id and no distance: exact distances would tell where somebody is. */
function parseCursor(cursor: string): MemberId {
  const [memberId] = decodeCursor(cursor)
  if (typeof memberId === 'string' && isId('mem', memberId)) return memberId
  throw new AppError('validation_failed', {
    fields: [{ path: '/cursor', in: 'query', expected: 'nextCursor of the page before' }],
  })
}
