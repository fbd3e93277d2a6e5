import { useEffect, useRef } from 'react'
import { towards } from '../people/reading-direction.ts'

interface DeckKeys {
  like(): void
  pass(): void
  takeBack(): void
}

/** Arrow keys decide, in reading direction; U takes back. Not while something is being written, or lies above. */
export function useDeckKeys(keys: DeckKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      if (
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [contenteditable]')
      )
        return
      if (document.querySelector('dialog[open], :popover-open')) return
      const direction = towards(event.key)
      // By its place too, since other alphabets have another letter there.
      const isU = event.key.toLowerCase() === 'u' || event.code === 'KeyU'
      if (direction === null && !isU) return
      event.preventDefault()
      if (direction === 1) latest.current.like()
      else if (direction === -1) latest.current.pass()
      else latest.current.takeBack()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
