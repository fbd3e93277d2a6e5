import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { api, type Schemas, unwrap } from '../api/client.ts'
import { Button, IconButton } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { useHeadingFocus } from '../design/page.tsx'
import { Avatar } from '../design/photo.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { toast } from '../design/toast.tsx'
import { PersonMenu } from '../people/person-menu.tsx'
import { useText } from '../text/use-text.ts'
import { failureText } from './failure-text.ts'
import { forgetConversation } from './forget-conversation.ts'
import { matchOf } from './queries.ts'

interface HeaderProps {
  conversationId: string
  /** Undefined while it is loaded, null when it cannot be told. */
  companion: { peerId: string; peer: Schemas['Card'] | null } | null | undefined
}

/** Whom the conversation is with, the way back on a phone, and what can be done about this person. */
export function ConversationHeader({ conversationId, companion }: HeaderProps) {
  const t = useText()
  const router = useRouter()
  const client = useQueryClient()
  const [ending, setEnding] = useState(false)
  const name = companion?.peer?.displayName ?? t('messages.someone')
  const heading = useHeadingFocus(companion === undefined ? t('messages.title') : name)
  const leave = () => {
    void router
      .navigate({ to: '/messages', replace: true })
      .then(() => forgetConversation(client, conversationId))
  }
  return (
    <header className="z-10 flex min-h-16 shrink-0 items-center gap-1 border-line border-b bg-ground px-2 pt-[env(safe-area-inset-top)] md:px-4">
      <IconButton
        className="md:hidden"
        label={t('messages.back')}
        icon={<ArrowLeft size={20} className="rtl:-scale-x-100" />}
        onClick={() => void router.navigate({ to: '/messages' })}
      />
      <h1 ref={heading} tabIndex={-1} className="min-w-0 flex-1 text-xl">
        {companion === undefined ? (
          <span className="flex items-center gap-3 p-1.5">
            <span className="sr-only">{t('design.loading')}</span>
            <Skeleton className="size-10 rounded-full" />
            <Skeleton className="h-5 w-32" />
          </span>
        ) : companion ? (
          <Link
            to="/members/$memberId"
            params={{ memberId: companion.peerId }}
            className="flex min-h-11 max-w-fit items-center gap-3 rounded-full p-1.5 pe-4 hover:bg-sunken"
          >
            <Avatar photo={companion.peer?.photos[0]} name={name} size="small" />
            <bdi className="truncate">{name}</bdi>
          </Link>
        ) : (
          <span className="p-1.5">{name}</span>
        )}
      </h1>
      {companion && (
        <PersonMenu
          memberId={companion.peerId}
          displayName={name}
          onGone={leave}
          actions={[
            {
              title: t('messages.unmatch.title'),
              text: t('messages.unmatch.text', { name }),
              label: t('messages.unmatch.action'),
              run: () => setEnding(true),
            },
          ]}
        />
      )}
      <Dialog
        open={ending}
        onClose={() => setEnding(false)}
        title={t('messages.unmatch.confirm.title', { name })}
      >
        <EndMatch
          conversationId={conversationId}
          name={name}
          onEnded={leave}
          onCancel={() => setEnding(false)}
        />
      </Dialog>
    </header>
  )
}

interface EndMatchProps {
  conversationId: string
  name: string
  onEnded(): void
  onCancel(): void
}

function EndMatch({ conversationId, name, onEnded, onCancel }: EndMatchProps) {
  const t = useText()
  const end = useMutation({
    mutationFn: () =>
      unwrap(api.DELETE('/api/v1/matches/{id}', { params: { path: { id: matchOf(conversationId) } } })),
    onSuccess: () => {
      toast(t('messages.unmatch.done', { name }))
      onEnded()
    },
  })
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">{t('messages.unmatch.text', { name })}</p>
      {end.isError && <Notice tone="bad">{failureText(t, end.error)}</Notice>}
      <div className="grid gap-2">
        <Button look="danger" wide busy={end.isPending} onClick={() => end.mutate()}>
          {t('messages.unmatch.action')}
        </Button>
        <Button look="quiet" wide onClick={onCancel}>
          {t('messages.unmatch.keep')}
        </Button>
      </div>
    </div>
  )
}
