import type { MemberId } from '@accord/contracts/id'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { readMark } from './freshness.ts'
import { type Candidate, findNearest, locate, stillCandidates } from './store.ts'
import type { Viewer } from './viewer.ts'

/** So many of the nearest are kept ready in the cache. */
export const windowSize = 200

/**
 * The next `count` candidates behind `after`. Those nearby come from the cache, which holds ids only, and each
 * is looked at again: blocks, decisions, visibility and preferences count at once.
 */
export async function pickCandidates(
  deps: Pick<Deps, 'cache' | 'redis'>,
  db: Kysely<Database>,
  viewer: Viewer,
  page: { after: MemberId | null; count: number },
): Promise<Candidate[]> {
  const window = await readWindow(deps, db, viewer)
  const from = page.after === null ? 0 : window.indexOf(page.after) + 1
  if (page.after !== null && from === 0) return beyond(db, viewer, page.after, page.count)

  const picked: Candidate[] = []
  for (let next = from; next < window.length && picked.length < page.count; next += page.count) {
    picked.push(...(await stillCandidates(db, viewer, window.slice(next, next + page.count))))
  }
  const missing = page.count - picked.length
  const last = window.at(-1)
  if (missing > 0 && last && window.length === windowSize) {
    picked.push(...(await beyond(db, viewer, last, missing)))
  }
  return picked.slice(0, page.count)
}

/** Behind the window. Who has lost their place in the meantime sends the viewer back to the nearest. */
async function beyond(db: Kysely<Database>, viewer: Viewer, after: MemberId, limit: number) {
  return findNearest(db, viewer, { after: await locate(db, viewer, after), limit })
}

/** The nearest, from the cache while nobody around has changed. */
async function readWindow(
  { cache, redis }: Pick<Deps, 'cache' | 'redis'>,
  db: Kysely<Database>,
  viewer: Viewer,
): Promise<MemberId[]> {
  const mark = await readMark(redis, viewer.cell)
  const load = async () => {
    const nearest = await findNearest(db, viewer, { after: null, limit: windowSize })
    return { mark, memberIds: nearest.map((candidate) => candidate.memberId) }
  }
  let window = await cache.read('deck', viewer.memberId, load)
  if (window.mark !== mark) {
    await cache.drop('deck', viewer.memberId)
    window = await cache.read('deck', viewer.memberId, load)
  }
  // Who has seen nearly everybody, far and near, waits for newcomers: a short list is not kept.
  if (window.memberIds.length < windowSize) await cache.drop('deck', viewer.memberId)
  return window.memberIds
}
