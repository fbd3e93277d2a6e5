import { useLayoutEffect, useRef } from 'react'
import { Photo } from '../design/photo.tsx'
import { isMirrored } from '../people/reading-direction.ts'
import type { Choice, DeckEntry } from './queries.ts'

export interface Leaving {
  entry: DeckEntry
  choice: Choice
  fromPx: number
}

/** Shows where a card went that was decided about, over the one that follows, which can be used already. */
export function LeavingCard({ leaving, sizes, onLeft }: { leaving: Leaving; sizes: string; onLeft(): void }) {
  const card = useRef<HTMLDivElement>(null)
  const left = useRef(onLeft)
  left.current = onLeft
  const { entry, choice, fromPx } = leaving
  useLayoutEffect(() => {
    const element = card.current
    if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return left.current()
    const way = (choice === 'like') === isMirrored() ? -1 : 1
    const toPx = way * element.clientWidth * 1.1
    const motion = element.animate(
      [
        { transform: `translateX(${fromPx}px) rotate(${fromPx / 30}deg)`, opacity: 1 },
        { transform: `translateX(${toPx}px) rotate(${toPx / 30}deg)`, opacity: 0 },
      ],
      { duration: 240, easing: 'ease-out', fill: 'forwards' },
    )
    motion.onfinish = () => left.current()
    return () => motion.cancel()
  }, [choice, fromPx])
  return (
    <div
      ref={card}
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 z-10 overflow-hidden rounded-card"
    >
      <Photo photo={entry.member.photos[0]} alt="" sizes={sizes} eager className="size-full" />
    </div>
  )
}
