import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Page } from '../design/page.tsx'
import type { PhotoData } from '../design/photo.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { EmptyState, ErrorState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'
import { PhotoAdder } from './photo-adder.tsx'
import { maxPhotos } from './profile-draft.ts'
import { ownProfileQuery } from './queries.ts'
import { RemovePhotoDialog } from './remove-photo-dialog.tsx'
import { SortablePhotos } from './sortable-photos.tsx'
import { UploadStatus } from './upload-status.tsx'
import { UploadTile } from './upload-tile.tsx'
import { useUploads } from './uploads.ts'

export function PhotosScreen() {
  const t = useText()
  const profile = useQuery(ownProfileQuery)
  return (
    <Page title={t('profile.photos.title')} back="/profile">
      {profile.data ? (
        <Photos photos={profile.data.photos} />
      ) : profile.isError ? (
        <ErrorState error={profile.error} retry={() => void profile.refetch()} />
      ) : (
        <div aria-busy="true" className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4">
          {['1', '2', '3'].map((place) => (
            <Skeleton key={place} className="aspect-[4/5] rounded-card" />
          ))}
        </div>
      )}
    </Page>
  )
}

function Photos({ photos }: { photos: PhotoData[] }) {
  const t = useText()
  const uploads = useUploads()
  const adder = useRef<HTMLButtonElement>(null)
  const [removing, setRemoving] = useState<PhotoData | null>(null)
  const room = maxPhotos - photos.length - uploads.length
  return (
    <>
      <p className="-mt-3 text-ink-soft">{t('profile.photos.text', { count: maxPhotos })}</p>
      {photos.length + uploads.length === 0 && (
        <EmptyState title={t('profile.photos.none.title')} text={t('profile.photos.none.text')} />
      )}
      <SortablePhotos photos={photos} onRemove={setRemoving}>
        {uploads.map((upload) => (
          <UploadTile key={upload.key} upload={upload} onDropped={() => adder.current?.focus()} />
        ))}
      </SortablePhotos>
      <UploadStatus uploads={uploads} />
      <div className="grid gap-2 sm:max-w-sm">
        <PhotoAdder ref={adder} room={room} label={t('profile.photos.add')} />
        <p className="text-ink-soft text-sm">
          {room > 0 ? t('profile.photos.room', { count: room }) : t('profile.photos.full')}{' '}
          {t('profile.photos.formats')}
        </p>
      </div>
      <RemovePhotoDialog
        photo={removing}
        last={photos.length === 1}
        onClose={() => setRemoving(null)}
        onRemoved={() => {
          setRemoving(null)
          requestAnimationFrame(() => adder.current?.focus())
        }}
      />
    </>
  )
}
