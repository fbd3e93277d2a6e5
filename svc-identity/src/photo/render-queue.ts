import { type Refused, refused } from '@accord/kit/error'
import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { type RenderedPhoto, renderPhoto } from './render.ts'

export type RenderQueue = (
  bytes: Uint8Array,
) => Promise<RenderedPhoto | Refused<'photo_invalid' | 'unavailable'>>

/**
 * Renders at most `atOnce` photos at a time and lets `waiting` wait; the next is refused at once. A photo takes
 * about a second of one core and 150 MB at worst.
 */
export function createRenderQueue(limits: { atOnce: number; waiting: number }): RenderQueue {
  const gate = bulkhead(limits.atOnce, limits.waiting)
  return async (bytes) => {
    try {
      return await gate.execute(() => renderPhoto(bytes))
    } catch (error) {
      if (error instanceof BulkheadRejectedError) return refused('unavailable', { retryAfterSeconds: 5 })
      throw error
    }
  }
}
