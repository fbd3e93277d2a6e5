import { useRef } from 'react'
import { Button } from '../design/button.tsx'
import { Photo, type PhotoData } from '../design/photo.tsx'
import { useText } from '../text/use-text.ts'
import { PhotoAdder } from './photo-adder.tsx'
import { maxPhotos } from './profile-draft.ts'
import { UploadStatus } from './upload-status.tsx'
import { UploadTile } from './upload-tile.tsx'
import { useUploads } from './uploads.ts'

/** The first photos. Order and removal come later, on their own screen; what is on its way goes on by itself. */
export function PhotoStep({ photos, onGoOn }: { photos: readonly PhotoData[]; onGoOn(): void }) {
  const t = useText()
  const uploads = useUploads()
  const adder = useRef<HTMLButtonElement>(null)
  const some = photos.length + uploads.length > 0
  return (
    <div className="grid gap-6">
      {some && (
        <ul className="grid grid-cols-3 gap-3">
          {photos.map((photo, place) => (
            <li key={photo.id}>
              <Photo
                photo={photo}
                alt={t('profile.photos.name', { place: place + 1, count: photos.length })}
                sizes="180px"
                className="aspect-[4/5] rounded-card"
              />
            </li>
          ))}
          {uploads.map((upload) => (
            <UploadTile key={upload.key} upload={upload} onDropped={() => adder.current?.focus()} />
          ))}
        </ul>
      )}
      <UploadStatus uploads={uploads} />
      <PhotoAdder
        ref={adder}
        room={maxPhotos - photos.length - uploads.length}
        label={t(some ? 'profile.photos.add' : 'profile.photos.addFirst')}
      />
      <p className="-mt-4 text-ink-soft text-sm">{t('profile.photos.formats')}</p>
      {some && (
        <Button look="secondary" wide onClick={onGoOn}>
          {t('profile.start.goOn')}
        </Button>
      )}
    </div>
  )
}
