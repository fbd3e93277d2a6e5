import type { Schemas } from '../api/client.ts'
import { PhotoGallery } from './photo-gallery.tsx'
import { ProfileWords } from './profile-words.tsx'

interface ProfileCardBodyProps {
  card: Schemas['Card']
  distanceKm?: number | undefined
  /** The name stands above already, as the heading of the screen. */
  withoutName?: boolean
}

/** A member as others see them: photos, and beside or below them, by the room there is, their words. */
export function ProfileCardBody({ card, distanceKm, withoutName = false }: ProfileCardBodyProps) {
  return (
    <div className="@container">
      <article className="grid @2xl:grid-cols-2 @2xl:items-start @2xl:gap-10 gap-6">
        <PhotoGallery
          key={card.id}
          photos={card.photos}
          name={card.displayName}
          sizes="(min-width: 48rem) 26rem, 100vw"
          className="@2xl:sticky @2xl:top-6 aspect-[4/5] w-full rounded-card"
        />
        <ProfileWords card={card} distanceKm={distanceKm} withoutName={withoutName} />
      </article>
    </div>
  )
}
