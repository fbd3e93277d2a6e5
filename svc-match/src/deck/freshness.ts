import { cellToParent, gridDisk } from 'h3-js'
import type { Redis } from 'ioredis'

/** Regions are cells of about 300 km across; with those around it, whoever appears within 270 km is noticed. */
const regionResolution = 2
/** Longer than a cached deck lives: a mark that is gone is older than any of them. */
const keptSeconds = 900

const markOf = (region: string) => `deck-mark:${region}`

/**
 * Notes that somebody in this cell has become a candidate, or another one than before: decks around it are put
 * together anew. Never throws: without it newcomers appear when the cached decks expire.
 */
export async function markChanged(redis: Redis, cell: string): Promise<void> {
  try {
    await redis.set(markOf(cellToParent(cell, regionResolution)), crypto.randomUUID(), 'EX', keptSeconds)
  } catch {
    // Decks are cached in the same Redis: where it is away, none is served from there.
  }
}

/** What changes whenever somebody around this cell did. */
export async function readMark(redis: Redis, cell: string): Promise<string> {
  try {
    const regions = gridDisk(cellToParent(cell, regionResolution), 1)
    const marks = await Promise.all(regions.map((region) => redis.get(markOf(region))))
    return marks.map((mark) => mark ?? '').join()
  } catch {
    return ''
  }
}
