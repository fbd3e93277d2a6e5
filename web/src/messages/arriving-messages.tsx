import { useEffect, useRef, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { type History, isOwn } from './history.ts'

/**
 * Reads out what the other member writes while it comes, and nothing else: in a virtualised list messages
 * appear by scrolling, too.
 */
export function ArrivingMessages({ history, name }: { history: History; name: string | null }) {
  const t = useText()
  const [heard, setHeard] = useState('')
  const known = useRef(history.messages.at(-1)?.seq ?? 0)
  useEffect(() => {
    const arrived = history.messages.filter(
      (message) => message.seq > known.current && !isOwn(message) && message.text !== null,
    )
    known.current = Math.max(known.current, history.messages.at(-1)?.seq ?? 0)
    if (arrived.length === 0) return
    const words = arrived.map(({ text }) => text).join('\n')
    setHeard(t('messages.arrived', { name: name ?? t('messages.someone'), text: words }))
  }, [history, name, t])
  return (
    <div aria-live="polite" className="sr-only">
      {heard}
    </div>
  )
}
