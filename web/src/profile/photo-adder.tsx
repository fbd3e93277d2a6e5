import { ImagePlus } from 'lucide-react'
import { type Ref, useRef, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { CropDialog } from './crop-dialog.tsx'
import { checkPicture, type PictureRefusal, pictureTypes } from './picture.ts'
import { addUpload } from './uploads.ts'

interface PhotoAdderProps {
  /** How many photos there is still room for. */
  room: number
  label: string
  ref?: Ref<HTMLButtonElement>
}

/** Chooses pictures on the device, has each cut to its shape, and sends them on their way. */
export function PhotoAdder({ room, label, ref }: PhotoAdderProps) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<{ files: File[]; at: number }>({ files: [], at: 0 })
  const [refused, setRefused] = useState<string[]>([])
  const file = chosen.files[chosen.at]
  const next = () => setChosen(({ files, at }) => ({ files, at: at + 1 }))

  const choose = async (files: File[]) => {
    const checked = await Promise.all(
      files.map(async (one) => ({ file: one, refusal: await checkPicture(one) })),
    )
    const good = checked.filter(({ refusal }) => refusal === null)
    const bad = checked.flatMap(({ file: { name }, refusal }) =>
      refusal ? [t(refusals[refusal], { name })] : [],
    )
    if (good.length > room) bad.push(t('profile.photos.refused.room', { count: room }))
    setRefused(bad)
    setChosen({ files: good.slice(0, room).map((one) => one.file), at: 0 })
  }

  return (
    <div className="grid gap-3">
      <input
        ref={input}
        type="file"
        multiple
        accept={pictureTypes.join(',')}
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void choose([...(event.target.files ?? [])])
          // The same file can be chosen again.
          event.target.value = ''
        }}
      />
      <Button
        {...(ref ? { ref } : {})}
        wide
        icon={<ImagePlus size={20} aria-hidden="true" />}
        disabled={room <= 0}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      {refused.length > 0 && (
        <Notice tone="bad">
          <ul className="grid gap-1">
            {refused.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {file && (
        <CropDialog
          key={chosen.at}
          file={file}
          position={chosen.at + 1}
          count={chosen.files.length}
          onSkip={next}
          onClose={() => setChosen({ files: [], at: 0 })}
          onDone={(picture) => {
            addUpload(picture)
            next()
          }}
        />
      )}
    </div>
  )
}

const refusals = {
  type: 'profile.photos.refused.type',
  size: 'profile.photos.refused.size',
  small: 'profile.photos.refused.small',
  unreadable: 'profile.photos.refused.unreadable',
} as const satisfies Record<PictureRefusal, string>
