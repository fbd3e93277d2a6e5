import { useMemo, useState } from 'react'
import { thumbHashToDataURL } from 'thumbhash'
import type { Schemas } from '../api/client.ts'

export type PhotoData = Schemas['Card']['photos'][number]

interface PhotoProps {
  photo: PhotoData | undefined
  /** What is seen, or '' where the words beside it say it. */
  alt: string
  /** How wide it is shown, as the `sizes` attribute wants it. */
  sizes: string
  /** The first thing on the screen. */
  eager?: boolean
  className?: string
}

/** A member's photo in the variant that fits, over its thumbhash, so that nothing moves or flashes. */
export function Photo({ photo, alt, sizes, eager, className = '' }: PhotoProps) {
  const [failed, setFailed] = useState(false)
  const blurred = useMemo(() => blurOf(photo?.thumbhash), [photo?.thumbhash])
  if (!photo) return <NoPhoto className={className} alt={alt} />
  const ordered = [...photo.variants].sort((a, b) => a.width - b.width)
  const setOf = (type: string) =>
    ordered
      .filter((variant) => variant.type === type)
      .map((variant) => `${variant.url} ${variant.width}w`)
      .join(', ')
  const fallback = ordered.findLast((variant) => variant.type === 'image/webp') ?? ordered.at(-1)
  return (
    <div className={`relative overflow-hidden bg-sunken ${className}`}>
      {blurred && <img src={blurred} alt="" className="absolute inset-0 size-full object-cover" />}
      {!failed && (
        <picture>
          <source type="image/avif" srcSet={setOf('image/avif')} sizes={sizes} />
          <img
            src={fallback?.url}
            srcSet={setOf('image/webp')}
            sizes={sizes}
            alt={alt}
            width={photo.width}
            height={photo.height}
            loading={eager ? 'eager' : 'lazy'}
            fetchPriority={eager ? 'high' : 'auto'}
            decoding="async"
            draggable={false}
            className="absolute inset-0 size-full object-cover"
            onError={() => setFailed(true)}
          />
        </picture>
      )}
    </div>
  )
}

/** A member in small. */
export function Avatar({
  photo,
  name,
  size = 'medium',
}: {
  photo: PhotoData | undefined
  name: string
  size?: 'small' | 'medium' | 'large'
}) {
  const box = { small: 'size-10', medium: 'size-14', large: 'size-24' }[size]
  if (photo)
    return (
      <Photo
        photo={photo}
        alt=""
        sizes={size === 'large' ? '96px' : '56px'}
        className={`${box} shrink-0 rounded-full`}
      />
    )
  return (
    <span
      aria-hidden="true"
      className={`${box} grid shrink-0 place-items-center rounded-full bg-wine-soft font-serif text-wine-text text-xl`}
    >
      {[...name][0]}
    </span>
  )
}

function NoPhoto({ className, alt }: { className: string; alt: string }) {
  return (
    <div className={`relative overflow-hidden bg-sunken ${className}`}>
      {alt && <span className="sr-only">{alt}</span>}
      <div className="absolute inset-x-0 bottom-0 mx-auto h-3/5 w-4/5 rounded-t-full bg-line" />
      <div className="absolute inset-x-0 top-[14%] mx-auto aspect-square w-1/3 rounded-full bg-line" />
    </div>
  )
}

function blurOf(thumbhash: string | undefined): string | null {
  if (!thumbhash) return null
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)))
  } catch {
    return null
  }
}
