import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { Photo, type PhotoData } from '../design/photo.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { problemText } from './profile-problems.ts'
import { useRemovePhoto } from './use-change-photos.ts'

interface RemovePhotoDialogProps {
  photo: PhotoData | null
  /** Without it nobody sees the profile any more. */
  last: boolean
  onClose(): void
  onRemoved(): void
}

export function RemovePhotoDialog({ photo, last, onClose, onRemoved }: RemovePhotoDialogProps) {
  const t = useText()
  const remove = useRemovePhoto()
  if (!photo) return null
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <Dialog open onClose={close} title={t('profile.remove.title')}>
      <div className="flex items-start gap-4">
        <Photo photo={photo} alt="" sizes="96px" className="aspect-[4/5] w-24 shrink-0 rounded-control" />
        <p className="text-ink-soft">{t(last ? 'profile.remove.last' : 'profile.remove.text')}</p>
      </div>
      {remove.isError && <Notice tone="bad">{problemText(remove.error, t)}</Notice>}
      <div className="grid gap-2">
        <Button
          look="danger"
          wide
          busy={remove.isPending}
          onClick={() =>
            remove.mutate(photo.id, {
              onSuccess: () => {
                toast(t('profile.remove.done'))
                onRemoved()
              },
            })
          }
        >
          {t('profile.photos.remove')}
        </Button>
        <Button look="quiet" wide onClick={close}>
          {t('profile.remove.keep')}
        </Button>
      </div>
    </Dialog>
  )
}
