import { useRouter } from '@tanstack/react-router'
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { CacheSnapshot, VirtualizerHandle } from 'virtua'

export interface LeftPlace {
  /** Of the browser's history. */
  entry: string
  offsetPx: number
  /** The rows' heights: without them the offset would lead elsewhere. */
  heights: CacheSnapshot
}

/** One for each conversation, for as long as the app is open. */
const places = new Map<string, LeftPlace>()

/**
 * Where a conversation was left, for whoever goes back to it. Undefined when it is opened anew, and when it was
 * left at its end: there it goes on.
 */
export function useLeftPlace(
  conversationId: string,
  list: RefObject<VirtualizerHandle | null>,
  holding: RefObject<boolean>,
): LeftPlace | undefined {
  const router = useRouter()
  const [entry] = useState(() => router.latestLocation.state.__TSR_key ?? '')
  const [left] = useState(() => {
    const place = places.get(conversationId)
    return place?.entry === entry ? place : undefined
  })
  useLayoutEffect(
    () => () => {
      if (holding.current || !list.current) places.delete(conversationId)
      else {
        const { scrollOffset, cache } = list.current
        places.set(conversationId, { entry, offsetPx: scrollOffset, heights: cache })
      }
    },
    [conversationId, entry, list, holding],
  )
  return left
}
