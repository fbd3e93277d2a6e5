import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row } from './rows.ts'

/** One message is in the order of the tab key, the last unless another was gone to; arrows lead on from it. */
export function useRowFocus(
  rows: readonly Row[],
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
) {
  const [key, setKey] = useState<string | null>(null)
  const chosen = key === null ? -1 : rows.findIndex((row) => row.key === key && row.kind !== 'day')
  const at = chosen === -1 ? rows.length - 1 : chosen
  const go = useRef(-1)
  useLayoutEffect(() => {
    if (go.current === -1) return
    const target = go.current
    go.current = -1
    list.current?.scrollToIndex(target, { align: 'nearest' })
    focusSoon(() => rowElement(scroller.current, target))
  })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target as HTMLElement).matches('[data-row]')) return
    const from = Number((event.target as HTMLElement).dataset.row)
    const target = targetOf(event.key, rows, from)
    const row = target === null ? undefined : rows[target]
    if (target === null || !row) return
    event.preventDefault()
    go.current = target
    setKey(row.key)
  }
  const onFocus = useCallback(
    ({ target }: { target: EventTarget }) => {
      const row = (target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row
      if (row !== undefined) setKey(rows[Number(row)]?.key ?? null)
    },
    [rows],
  )
  /** After a dialog about a message, whose menu is closed by then. */
  const toRow = () => focusSoon(() => rowElement(scroller.current, at))
  return { at, mounted: useMemo(() => (at >= 0 ? [at] : []), [at]), onKeyDown, onFocus, toRow }
}

/** A row that was out of sight is hidden until it is measured, and takes no focus before. */
function focusSoon(find: () => HTMLElement | null | undefined, frames = 10): void {
  requestAnimationFrame(() => {
    const row = find()
    row?.focus({ preventScroll: true })
    if (frames > 0 && document.activeElement !== row) focusSoon(find, frames - 1)
  })
}

const rowElement = (within: HTMLElement | null, at: number) =>
  within?.querySelector<HTMLElement>(`[data-row="${at}"]`)

function targetOf(key: string, rows: readonly Row[], from: number): number | null {
  const isMessage = (row: Row) => row.kind !== 'day'
  switch (key) {
    case 'ArrowUp':
      return rows.slice(0, from).findLastIndex(isMessage)
    case 'ArrowDown': {
      const next = rows.slice(from + 1).findIndex(isMessage)
      return next === -1 ? from : from + 1 + next
    }
    case 'Home':
      return rows.findIndex(isMessage)
    case 'End':
      return rows.findLastIndex(isMessage)
    default:
      return null
  }
}
