import { useState } from 'react'
import { useText } from '../text/use-text.ts'
import type { Upload } from './uploads.ts'

/** Reads out how many photos are on their way, and when that is over. */
export function UploadStatus({ uploads }: { uploads: readonly Upload[] }) {
  const t = useText()
  const [some, setSome] = useState(false)
  const moving = uploads.filter(({ state }) => state !== 'failed').length
  if (moving > 0 && !some) setSome(true)
  return (
    <p role="status" className="sr-only">
      {moving > 0
        ? t('profile.upload.onTheWay', { count: moving })
        : some
          ? t('profile.upload.finished')
          : ''}
    </p>
  )
}
