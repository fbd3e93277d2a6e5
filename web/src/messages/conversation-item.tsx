import { useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Badge } from '../design/notice.tsx'
import { Avatar } from '../design/photo.tsx'
import { focusHeading } from '../people/focus-heading.ts'
import { PersonMenu } from '../people/person-menu.tsx'
import { useText } from '../text/use-text.ts'
import { forgetConversation } from './forget-conversation.ts'
import { useOutbox } from './outbox.ts'
import type { Conversation } from './queries.ts'
import { useTyping } from './typing.ts'
import { useWhen } from './use-when.ts'

/** One conversation in the list: who, what was said last and when, and whether something waits to be read. */
export function ConversationItem({ conversation }: { conversation: Conversation }) {
  const t = useText()
  const when = useWhen()
  const client = useQueryClient()
  const openId = useParams({ strict: false }).conversationId
  const { id, peerId, peer, unreadCount, lastMessage, lastActivityAt } = conversation
  const name = peer?.displayName ?? t('messages.someone')
  const unread = unreadCount > 0
  return (
    <li className="relative">
      <Link
        to="/messages/$conversationId"
        params={{ conversationId: id }}
        className="flex min-h-20 items-center gap-4 rounded-card p-3 pe-13 transition-colors hover:bg-sunken"
        activeProps={{ className: 'bg-wine-soft hover:bg-wine-soft' }}
      >
        <Avatar photo={peer?.photos[0]} name={name} />
        <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5">
          <span className="flex items-baseline gap-3">
            <bdi className={`min-w-0 flex-1 truncate font-serif text-lg ${unread ? 'font-semibold' : ''}`}>
              {name}
            </bdi>
            <time dateTime={lastActivityAt} className="shrink-0 text-ink-soft text-sm">
              {when.short(lastMessage?.createdAt ?? lastActivityAt)}
            </time>
          </span>
          <span className="flex min-h-6 items-center gap-3">
            <span className={`min-w-0 flex-1 truncate ${unread ? 'font-medium' : 'text-ink-soft'}`}>
              <LastWords conversation={conversation} />
            </span>
            {unread && (
              <Badge tone="action">
                <span className="sr-only">{t('messages.unread', { count: unreadCount })}</span>
                <span aria-hidden="true">{unreadCount > 99 ? '99+' : unreadCount}</span>
              </Badge>
            )}
          </span>
        </span>
      </Link>
      {/* The open conversation has it in its header. */}
      {id !== openId && (
        <PersonMenu
          className="absolute inset-y-0 end-1 my-auto"
          memberId={peerId}
          displayName={name}
          onGone={() => {
            forgetConversation(client, id)
            focusHeading()
          }}
        />
      )}
    </li>
  )
}

function LastWords({ conversation: { id, lastMessage, peerId } }: { conversation: Conversation }) {
  const t = useText()
  const typing = useTyping(id)
  const unsent = useOutbox(id).at(-1)
  if (typing) return <span className="text-wine-text">{t('messages.typing.short')}</span>
  if (unsent) {
    const before = t(unsent.refusal === null ? 'messages.last.waiting' : 'messages.last.failed')
    return <Words before={before} text={unsent.text} />
  }
  if (!lastMessage) return t('messages.last.none')
  if (lastMessage.preview === null) return t('messages.deleted')
  const own = lastMessage.senderId !== peerId
  return <Words {...(own ? { before: t('messages.last.own') } : {})} text={lastMessage.preview} />
}

/** Words run in the direction of their own language, so that it is their end that is cut off. */
function Words({ before, text }: { before?: string; text: string }) {
  return (
    <span className="flex gap-1">
      {before && <span className="shrink-0">{before}</span>}
      <span dir="auto" className="min-w-0 flex-1 truncate [text-align:match-parent]">
        {text}
      </span>
    </span>
  )
}
