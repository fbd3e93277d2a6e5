import { useEffect, useId, useState } from 'react'
import Cropper from 'react-easy-crop'
import 'react-easy-crop/react-easy-crop.css'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { type Area, cutPicture, minSide } from './picture.ts'
import { Slider } from './slider.tsx'

interface CropDialogProps {
  file: File
  /** Which one it is of how many that were chosen together. */
  position: number
  count: number
  onDone(picture: Blob): void
  onSkip(): void
  onClose(): void
}

/** The part of a picture that others will see: moved by dragging or arrow keys, made larger by the slider. */
export function CropDialog({ file, position, count, onDone, onSkip, onClose }: CropDialogProps) {
  const t = useText()
  const zoomId = useId()
  const url = useObjectUrl(file)
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  const [maxZoom, setMaxZoom] = useState(1)
  const [area, setArea] = useState<Area | null>(null)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)

  const use = async () => {
    if (!url || !area) return
    setBusy(true)
    try {
      onDone(await cutPicture(url, area))
    } catch {
      setFailed(true)
    }
    setBusy(false)
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={count > 1 ? t('profile.crop.titleOf', { position, count }) : t('profile.crop.title')}
    >
      <p className="-mt-2 text-ink-soft text-sm">{t('profile.crop.text')}</p>
      {/* Its sums are made from the left, whatever the language. */}
      <div dir="ltr" className="relative h-[min(24rem,46dvh)] overflow-hidden rounded-control bg-sunken">
        {url && (
          <Cropper
            image={url}
            aspect={4 / 5}
            crop={crop}
            zoom={zoom}
            minZoom={1}
            maxZoom={maxZoom}
            keyboardStep={8}
            disableAutomaticStylesInjection
            onCropChange={setCrop}
            onZoomChange={setZoom}
            onCropComplete={(_, pixels) => setArea(pixels)}
            onMediaLoaded={(media) => setMaxZoom(maxZoomOf(media.naturalWidth, media.naturalHeight))}
            mediaProps={{ alt: '' }}
            cropperProps={{ role: 'group', 'aria-label': t('profile.crop.area') }}
          />
        )}
      </div>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-4">
        <label htmlFor={zoomId}>{t('profile.crop.zoom')}</label>
        <Slider
          id={zoomId}
          min={1}
          max={maxZoom}
          step={0.05}
          value={zoom}
          disabled={maxZoom <= 1}
          aria-valuetext={t('profile.crop.times', { times: zoom })}
          onChange={setZoom}
        />
      </div>
      {failed && <Notice tone="bad">{t('profile.photos.refused.unreadable', { name: file.name })}</Notice>}
      <div className="grid gap-2">
        <Button wide busy={busy} disabled={!area} onClick={() => void use()}>
          {t('profile.crop.use')}
        </Button>
        <Button look="quiet" wide onClick={count > 1 ? onSkip : onClose}>
          {t(count > 1 ? 'profile.crop.skip' : 'design.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}

/** As far as what is cut out stays large enough to be a photo. */
function maxZoomOf(width: number, height: number): number {
  const cutWidth = Math.min(width, (height * 4) / 5)
  return Math.max(1, Math.min(4, cutWidth / (minSide * 1.5)))
}

function useObjectUrl(file: File): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}
