import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { Photo, type PhotoData } from '../design/photo.tsx'
import { useText } from '../text/use-text.ts'
import { towards } from './reading-direction.ts'

interface PhotoGalleryProps {
  photos: readonly PhotoData[]
  /** Whose photos they are. */
  name: string
  sizes: string
  /** Only the buttons step: whatever holds the gallery listens to swipes and arrow keys itself. */
  buttonsOnly?: boolean
  className?: string
}

/** How far a finger moves before it counts as a swipe. */
const swipePx = 40

/** A member's photos, one at a time: stepped through by buttons, arrow keys and swipes. */
export function PhotoGallery({ photos, name, sizes, buttonsOnly, className = '' }: PhotoGalleryProps) {
  const t = useText()
  const [chosen, setChosen] = useState(0)
  const pressedAt = useRef<number | null>(null)
  const count = photos.length
  const at = Math.min(chosen, Math.max(0, count - 1))
  // Round and round: no button is ever out of use, so none loses the focus.
  const beside = (step: number) => (at + step + count) % count
  if (count === 0)
    return (
      <Photo photo={undefined} alt={t('people.photo.none', { name })} sizes={sizes} className={className} />
    )
  const go = (step: number) => setChosen(beside(step))
  const ownGestures = buttonsOnly
    ? {}
    : {
        onKeyDown: (event: KeyboardEvent) => {
          const direction = towards(event.key)
          if (direction === null) return
          event.preventDefault()
          go(direction)
        },
        onPointerDown: (event: PointerEvent) => {
          pressedAt.current = event.clientX
        },
        onPointerUp: (event: PointerEvent) => {
          const moved = event.clientX - (pressedAt.current ?? event.clientX)
          pressedAt.current = null
          // A finger that moves to the left pulls in what lies to the right.
          if (Math.abs(moved) >= swipePx) go(towards(moved < 0 ? 'ArrowRight' : 'ArrowLeft') ?? 0)
        },
        onPointerCancel: () => {
          pressedAt.current = null
        },
      }
  return (
    <section
      aria-label={t('people.photo.gallery', { name })}
      className={`group/gallery relative touch-pan-y select-none overflow-hidden bg-sunken ${className}`}
      {...ownGestures}
    >
      {photos.map((photo, index) => {
        // The next one is loaded while this one is looked at.
        if (index !== at && index !== beside(1) && index !== beside(-1)) return null
        return (
          <div
            key={photo.id}
            aria-hidden={index !== at}
            className={`absolute inset-0 transition-opacity duration-200 ${index === at ? '' : 'opacity-0'}`}
          >
            <Photo
              photo={photo}
              alt={
                count === 1
                  ? t('people.photo.only', { name })
                  : t('people.photo.one', { name, number: index + 1, count })
              }
              sizes={sizes}
              eager
              className="size-full"
            />
          </div>
        )
      })}
      {count > 1 && (
        <>
          <Counter at={at} count={count} />
          <p role="status" className="sr-only">
            {t('people.photo.position', { number: at + 1, count })}
          </p>
          <Step side="start" label={t('people.photo.previous')} onClick={() => go(-1)}>
            <ChevronLeft size={22} className="rtl:-scale-x-100" />
          </Step>
          <Step side="end" label={t('people.photo.next')} onClick={() => go(1)}>
            <ChevronRight size={22} className="rtl:-scale-x-100" />
          </Step>
        </>
      )}
    </section>
  )
}

/** One stroke for each photo, the present one bright. */
function Counter({ at, count }: { at: number; count: number }) {
  return (
    <div aria-hidden="true" className="absolute inset-x-4 top-3 flex gap-1.5">
      {Array.from({ length: count }, (_, index) => index).map((index) => (
        <span
          key={index}
          className={`h-1 flex-1 rounded-full shadow-lift transition-colors ${index === at ? 'bg-white' : 'bg-white/45'}`}
        />
      ))}
    </div>
  )
}

function Step({
  side,
  label,
  children,
  ...rest
}: {
  side: 'start' | 'end'
  label: string
  onClick(): void
  children: ReactNode
}) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      title={label}
      // A press on it is never the beginning of a swipe.
      onPointerDown={(event) => event.stopPropagation()}
      className={`absolute inset-y-0 my-auto grid size-11 place-items-center rounded-full bg-black/45 text-white transition-colors hover:bg-black/65 ${side === 'start' ? 'start-3' : 'end-3'}`}
    >
      {children}
    </button>
  )
}
