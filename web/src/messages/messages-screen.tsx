import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { MessageCircle } from 'lucide-react'
import { useHeadingFocus } from '../design/page.tsx'
import { SkeletonRows } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'
import { ConversationListView } from './conversation-list-view.tsx'
import { NoConversations } from './no-conversations.tsx'
import { conversationsQuery } from './queries.ts'
import { useRoom } from './use-room.ts'

/** The conversations, and on a desktop the open one beside them; on a phone one or the other. */
export function MessagesScreen() {
  const open = useParams({ strict: false }).conversationId !== undefined
  const room = useRoom(open)
  const { data } = useQuery(conversationsQuery)
  // Nothing to choose from: no second column that would only be empty.
  const alone = !open && data?.data.length === 0
  return (
    <div
      ref={room}
      className={`${open ? 'h-dvh' : ''} md:grid md:h-dvh md:grid-cols-[20rem_minmax(0,1fr)] lg:grid-cols-[23rem_minmax(0,1fr)]`}
    >
      <div
        className={`min-h-0 flex-col md:flex md:overflow-y-auto ${alone ? 'md:col-span-2' : 'md:border-line md:border-e'} ${open ? 'hidden' : 'flex'}`}
      >
        {open ? <Title /> : <Heading />}
        <Conversations />
      </div>
      {!alone && (
        <div className={`h-full min-h-0 min-w-0 ${open ? '' : 'max-md:hidden'}`}>
          {open ? <Outlet /> : <Choose />}
        </div>
      )}
    </div>
  )
}

const titleClass = 'px-4 pt-6 pb-3 text-3xl sm:px-6 md:px-5 md:pt-8'

function Heading() {
  const title = useText()('messages.title')
  const heading = useHeadingFocus(title)
  return (
    <h1 ref={heading} tabIndex={-1} className={titleClass}>
      {title}
    </h1>
  )
}

/** While a conversation is open its person is what the page is about. */
function Title() {
  return <h2 className={titleClass}>{useText()('messages.title')}</h2>
}

function Conversations() {
  const { data, error, refetch } = useQuery(conversationsQuery)
  if (!data)
    return error ? <ErrorState error={error} retry={() => void refetch()} /> : <SkeletonRows count={7} />
  if (data.data.length === 0) return <NoConversations />
  return <ConversationListView list={data} />
}

function Choose() {
  const t = useText()
  const some = useQuery(conversationsQuery).data?.data.length
  if (!some) return null
  return (
    <div className="grid h-full place-content-center justify-items-center gap-4 bg-sunken/50 p-8 text-center text-ink-soft">
      <MessageCircle size={32} strokeWidth={1.25} aria-hidden="true" />
      <p>{t('messages.choose')}</p>
    </div>
  )
}
