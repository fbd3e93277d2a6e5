import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row } from './rows.ts'
import { useLeftPlace } from './use-left-place.ts'

/** As near as this counts as at the end. */
const nearPx = 60

/**
 * Begins at the end of a list and follows it there, but for somebody who went to look at what was before, also
 * when that was before they left and came back.
 */
export function useStayAtEnd(
  conversationId: string,
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  rows: readonly Row[],
) {
  // What is to hold when the size of something changes, before anything is rendered again.
  const holding = useRef(true)
  const left = useLeftPlace(conversationId, list, holding)
  const [atEnd, setAtEnd] = useState(left === undefined)
  const count = useRef(0)
  count.current = rows.length
  const toEnd = useCallback(() => {
    holding.current = true
    setAtEnd(true)
    if (count.current > 0) list.current?.scrollToIndex(count.current - 1, { align: 'end' })
  }, [list])
  useLayoutEffect(() => {
    if (!left) return
    holding.current = false
    list.current?.scrollTo(left.offsetPx)
  }, [left, list])
  const unsent = rows.findLast((row) => row.kind === 'unsent')?.key
  const lastKey = rows.at(-1)?.key
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further row is the reason to move
  useLayoutEffect(() => {
    if (holding.current) toEnd()
  }, [rows.length, lastKey, toEnd])
  // Whoever writes wants to see it.
  useLayoutEffect(() => {
    if (unsent !== undefined) toEnd()
  }, [unsent, toEnd])
  const onResize = useCallback(() => {
    if (holding.current) toEnd()
  }, [toEnd])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    // The keyboard, or a composer that grows, takes from the end.
    const observer = new ResizeObserver(onResize)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, onResize])
  const onScroll = useCallback(() => {
    const element = scroller.current
    if (!element) return
    holding.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
    setAtEnd(holding.current)
  }, [scroller])
  return { atEnd, toEnd, onScroll, onResize, heights: left?.heights }
}
