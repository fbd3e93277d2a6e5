import type { QueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { LiveState } from '../live/live.ts'
import type { History } from './history.ts'
import { loadOlder } from './queries.ts'
import type { Row } from './rows.ts'

/** This near to the beginning of what is loaded, what is before it is loaded. */
const aheadPx = 1200

/** Loads what is older when its reader comes near it, and once more when there is a connection again. */
export function useOlder(
  client: QueryClient,
  conversationId: string,
  { olderCursor }: History,
  scroller: RefObject<HTMLElement | null>,
  live: LiveState,
) {
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const busy = useRef(false)
  const load = () => {
    if (busy.current || olderCursor === null) return
    busy.current = true
    setState('loading')
    loadOlder(client, conversationId)
      .then(
        () => setState('idle'),
        () => setState('failed'),
      )
      .finally(() => {
        busy.current = false
      })
  }
  const look = () => {
    if (state === 'idle' && scroller.current && scroller.current.scrollTop < aheadPx) load()
  }
  // Also where a page was too short to be scrolled at all.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is loaded, or a connection, is the reason to look
  useEffect(() => {
    const frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [olderCursor])
  useEffect(() => {
    if (live === 'open') setState((now) => (now === 'failed' ? 'idle' : now))
  }, [live])
  return { loading: state === 'loading', failed: state === 'failed', retry: load, look }
}

/** Whether these rows begin further back than those that were shown before, whose place is then to be kept. */
export function useBeginsEarlier(rows: readonly Row[]): boolean {
  const shown = useRef<string | undefined>(undefined)
  const before = shown.current
  const first = rows.find((row) => row.kind !== 'day')?.key
  useLayoutEffect(() => {
    shown.current = first
  })
  return before !== undefined && before !== first && rows.some((row) => row.key === before)
}
