import { type Refused, refused } from '@accord/kit/error'
import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { type RenderedPhoto, renderPhoto } from './render.ts'

/** Takes what reads the picture, null when it is not there: what waits does not lie in memory yet. */
export type RenderQueue = (
  read: () => Promise<Uint8Array | null>,
) => Promise<RenderedPhoto | Refused<'photo_invalid' | 'unavailable'>>

/**
 * Renders at most `atOnce` photos at a time and lets `waiting` wait; the next is refused at once. A photo takes
 * about a second of one core and 150 MB at worst.
 */
export function createRenderQueue(limits: { atOnce: number; waiting: number }): RenderQueue {
  const gate = bulkhead(limits.atOnce, limits.waiting)
  return async (read) => {
    try {
      return await gate.execute(async () => {
        const bytes = await read()
        if (!bytes) return refused('photo_invalid', { detail: 'The upload did not arrive whole.' })
        return renderPhoto(bytes)
      })
    } catch (error) {
      if (error instanceof BulkheadRejectedError) return refused('unavailable', { retryAfterSeconds: 5 })
      throw error
    }
  }
}
