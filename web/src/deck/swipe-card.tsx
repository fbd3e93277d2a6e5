import { Heart, X } from 'lucide-react'
import { type PointerEvent, type ReactNode, useRef } from 'react'
import { isMirrored } from '../people/reading-direction.ts'
import type { Choice } from './queries.ts'

interface SwipeCardProps {
  /** `fromPx` is where the card was let go. */
  onChoice(choice: Choice, fromPx: number): void
  children: ReactNode
}

/** Further than this, or flung, the card is decided about when it is let go. */
const decidedPx = 110
const flungPxPerMs = 0.6
/** Before it moves this far sideways it may still be a tap or a scroll. */
const dragPx = 10

/** A card that a pointer drags: onwards in reading direction is a like, back is a pass. */
export function SwipeCard({ onChoice, children }: SwipeCardProps) {
  const card = useRef<HTMLDivElement>(null)
  const press = useRef<{ pointer: number; x: number; at: number; dragging: boolean } | null>(null)

  const place = (dx: number, settle = false) => {
    const { style } = card.current ?? {}
    if (!style) return
    const onwards = isMirrored() ? -dx : dx
    style.transition = settle ? 'transform 200ms cubic-bezier(0.2, 0.8, 0.2, 1)' : ''
    style.transform = dx === 0 ? '' : `translateX(${dx}px) rotate(${dx / 30}deg)`
    style.setProperty('--like', String(Math.min(1, Math.max(0, onwards / decidedPx))))
    style.setProperty('--pass', String(Math.min(1, Math.max(0, -onwards / decidedPx))))
  }
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return
    press.current = { pointer: event.pointerId, x: event.clientX, at: event.timeStamp, dragging: false }
  }
  const move = (event: PointerEvent) => {
    const pressed = press.current
    if (!pressed || pressed.pointer !== event.pointerId) return
    const dx = event.clientX - pressed.x
    if (!pressed.dragging && Math.abs(dx) < dragPx) return
    if (!pressed.dragging) {
      pressed.dragging = true
      card.current?.setPointerCapture(event.pointerId)
    }
    place(dx)
  }
  const up = (event: PointerEvent) => {
    const pressed = press.current
    press.current = null
    if (!pressed?.dragging) return
    const dx = event.clientX - pressed.x
    const speed = Math.abs(dx) / Math.max(1, event.timeStamp - pressed.at)
    place(0, true)
    if (Math.abs(dx) < decidedPx && !(speed > flungPxPerMs && Math.abs(dx) > decidedPx / 3)) return
    onChoice((isMirrored() ? -dx : dx) > 0 ? 'like' : 'pass', dx)
  }
  const cancel = () => {
    press.current = null
    place(0, true)
  }
  return (
    <div
      ref={card}
      className="absolute inset-0 touch-pan-y select-none overflow-hidden rounded-card"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={cancel}
    >
      {children}
      <Mark choice="like" />
      <Mark choice="pass" />
    </div>
  )
}

/** Shows, while the card is dragged, what letting go would mean. */
function Mark({ choice }: { choice: Choice }) {
  const Icon = choice === 'like' ? Heart : X
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute top-8 grid size-16 place-items-center rounded-full ${choice === 'like' ? 'start-6 bg-wine text-on-wine' : 'end-6 bg-surface text-ink'}`}
      style={{ opacity: `var(--${choice}, 0)` }}
    >
      <Icon size={28} />
    </div>
  )
}
