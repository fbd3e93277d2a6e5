import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { isProblem } from '../api/problem.ts'
import { ErrorState } from '../design/state.tsx'
import { useLiveState } from '../live/live.ts'
import { useText } from '../text/use-text.ts'
import { Composer } from './composer.tsx'
import { ConversationGone } from './conversation-gone.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { EarlyMessages } from './early-messages.tsx'
import { EditComposer } from './edit-composer.tsx'
import type { Message } from './history.ts'
import { MessageList } from './message-list.tsx'
import { MessageSkeleton } from './message-skeleton.tsx'
import { conversationQuery, conversationsQuery, historyQuery } from './queries.ts'
import { useTyping } from './typing.ts'

/** How often it is looked for news while there is no live connection. */
const withoutLiveMs = 20_000

export function ConversationScreen() {
  const { conversationId } = useParams({ from: '/inside/messages/$conversationId' })
  return <Conversation key={conversationId} id={conversationId} />
}

function Conversation({ id }: { id: string }) {
  const live = useLiveState()
  const {
    data: history,
    error,
    refetch,
  } = useQuery({
    ...historyQuery(id),
    refetchInterval: () => (live === 'open' || !navigator.onLine ? false : withoutLiveMs),
  })
  const companion = useCompanion(id)
  const [editing, setEditing] = useState<Message | null>(null)
  const gone = isProblem(error) && [403, 404, 422].includes(error.status)
  const name = companion?.peer?.displayName ?? null
  if (gone) return <ConversationGone conversationId={id} closed={error.status === 403} />
  return (
    <section className="flex h-full flex-col">
      <ConversationHeader conversationId={id} companion={companion} />
      {history ? (
        <MessageList conversationId={id} history={history} name={name} onEdit={setEditing} />
      ) : (
        <>
          <div className={`min-h-0 flex-1 ${error ? 'overflow-y-auto' : 'overflow-hidden'}`}>
            {error ? <ErrorState error={error} retry={() => void refetch()} /> : <MessageSkeleton />}
          </div>
          <EarlyMessages conversationId={id} />
        </>
      )}
      <TypingLine conversationId={id} name={name} />
      {editing ? (
        <EditComposer key={editing.id} message={editing} onDone={() => setEditing(null)} />
      ) : (
        <Composer conversationId={id} name={name} />
      )}
    </section>
  )
}

/** Who it is with, as far as it is known: undefined while it is loaded, null when it cannot be told. */
function useCompanion(id: string) {
  const list = useQuery(conversationsQuery)
  const listed = list.data?.data.find((conversation) => conversation.id === id)
  const found = useQuery({ ...conversationQuery(id), enabled: listed === undefined && !list.isPending })
  return listed ?? found.data ?? (found.isError ? null : undefined)
}

/** Always as high, so that nothing moves when somebody begins to write. */
function TypingLine({ conversationId, name }: { conversationId: string; name: string | null }) {
  const t = useText()
  const typing = useTyping(conversationId)
  return (
    <p className="h-6 shrink-0 truncate px-5 text-ink-soft text-sm">
      {typing && (
        <span className="animate-fade">{t('messages.typing', { name: name ?? t('messages.someone') })}</span>
      )}
    </p>
  )
}
