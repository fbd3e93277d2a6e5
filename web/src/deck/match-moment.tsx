import { useQuery } from '@tanstack/react-query'
import { Button, ButtonLink } from '../design/button.tsx'
import { Photo, type PhotoData } from '../design/photo.tsx'
import { useModal } from '../design/use-modal.ts'
import { ownProfileQuery } from '../profile/queries.ts'
import { useText } from '../text/use-text.ts'
import type { NewMatch } from './use-decide.ts'

/** The moment two people like each other: the whole screen, both photos, and two equal ways on. */
export function MatchMoment({ made: { match, member }, onClose }: { made: NewMatch; onClose(): void }) {
  const t = useText()
  const own = useQuery(ownProfileQuery)
  const { dialog, heading, id } = useModal()
  const name = member.displayName
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="m-0 size-full max-h-none max-w-none overflow-y-auto bg-ground text-ink backdrop:bg-ground open:animate-fade"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="safe-bottom mx-auto grid min-h-full max-w-md content-center justify-items-center gap-8 p-6 text-center">
        <div className="flex animate-rise items-center justify-center">
          <Portrait photo={own.data?.photos[0]} className="-me-6 -rotate-3" />
          <Portrait photo={member.photos[0]} className="mt-10 rotate-3" />
        </div>
        <div className="grid gap-3">
          <h2 id={id} ref={heading} tabIndex={-1} data-focus-quiet className="text-4xl">
            {t('deck.match.title', { name })}
          </h2>
          <p className="text-balance text-ink-soft text-lg">{t('deck.match.text')}</p>
        </div>
        <div className="grid w-full gap-2">
          <ButtonLink to="/messages/$conversationId" params={{ conversationId: match.conversationId }} wide>
            {t('deck.match.write', { name })}
          </ButtonLink>
          <Button look="quiet" wide onClick={onClose}>
            {t('deck.match.later')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}

function Portrait({ photo, className }: { photo: PhotoData | undefined; className: string }) {
  return (
    <Photo
      photo={photo}
      alt=""
      sizes="10rem"
      eager
      className={`aspect-[4/5] w-36 shrink-0 rounded-card border-4 border-ground shadow-lift sm:w-40 ${className}`}
    />
  )
}
