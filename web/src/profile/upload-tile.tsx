import { RotateCcw, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import type { Problem } from '../api/problem.ts'
import { IconButton } from '../design/button.tsx'
import type { TextKey } from '../text/keys.ts'
import { useText } from '../text/use-text.ts'
import { dropUpload, retryUpload, type Upload } from './uploads.ts'

/** A picture on its way, with how far it is; or why it did not arrive, and another try. */
export function UploadTile({ upload, onDropped }: { upload: Upload; onDropped(): void }) {
  const { key, preview, state, progress, problem } = upload
  const tile = useRef<HTMLLIElement>(null)
  const t = useText()
  const percent = Math.round(progress * 100)
  const sent = progress >= 1
  return (
    <li ref={tile} tabIndex={-1} data-focus-quiet className="grid content-start gap-2">
      <div className="relative aspect-[4/5] overflow-hidden rounded-card bg-sunken">
        <img
          src={preview}
          alt=""
          className={`size-full object-cover ${state === 'failed' ? 'opacity-50' : 'opacity-80'}`}
        />
        {state !== 'failed' && (
          <div className="absolute inset-x-2 bottom-2 grid gap-1.5 rounded-control bg-surface/95 px-2.5 py-2 text-xs">
            <span>
              {state === 'waiting'
                ? t('profile.upload.waiting')
                : sent
                  ? t('profile.upload.working')
                  : t('profile.upload.sending', { percent })}
            </span>
            <div
              role="progressbar"
              aria-label={t('profile.upload.label')}
              aria-valuenow={state === 'waiting' ? 0 : percent}
              className="h-1.5 overflow-hidden rounded-full bg-line"
            >
              <div
                className={`h-full rounded-full bg-wine transition-[width] ${sent ? 'animate-pulse-soft' : ''}`}
                style={{ width: `${state === 'waiting' ? 0 : percent}%` }}
              />
            </div>
          </div>
        )}
        {state === 'failed' && (
          <div className="absolute end-1.5 top-1.5 flex gap-1.5">
            {problem && !isFinal(problem) && (
              <IconButton
                label={t('profile.upload.retry')}
                icon={<RotateCcw size={18} />}
                className="bg-surface/95"
                onClick={() => {
                  // The buttons go, the tile stays.
                  tile.current?.focus()
                  retryUpload(key)
                }}
              />
            )}
            <IconButton
              label={t('profile.upload.drop')}
              icon={<Trash2 size={18} />}
              className="bg-surface/95"
              onClick={() => {
                dropUpload(key)
                onDropped()
              }}
            />
          </div>
        )}
      </div>
      {problem && (
        <p role="alert" className="text-bad text-sm">
          {t(reasonOf(problem))}
        </p>
      )}
    </li>
  )
}

/** Another try with the same picture would end the same way. */
const final = new Set(['photo_invalid', 'payload_too_large', 'unsupported_media_type'])
const isFinal = ({ code }: Problem) => final.has(code)

function reasonOf(problem: Problem): TextKey {
  if (problem.status === 0) return 'profile.upload.failed.offline'
  if (problem.status === 401) return 'profile.upload.failed.session'
  if (problem.code === 'photo_limit_reached') return 'profile.upload.failed.full'
  if (isFinal(problem)) return 'profile.upload.failed.invalid'
  if (problem.status === 429) return 'profile.upload.failed.busy'
  return 'profile.upload.failed.other'
}
