import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { ConversationItem } from './conversation-item.tsx'
import { type ConversationList, loadMoreConversations } from './queries.ts'

/** The conversations, the last active first. */
export function ConversationListView({ list }: { list: ConversationList }) {
  const t = useText()
  const client = useQueryClient()
  const more = useMutation({ mutationFn: () => loadMoreConversations(client) })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pb-6">
      <ul aria-label={t('messages.list')} className="grid grid-cols-[minmax(0,1fr)] px-1 sm:px-3 md:px-2">
        {list.data.map((conversation) => (
          <ConversationItem key={conversation.id} conversation={conversation} />
        ))}
      </ul>
      {more.isError && (
        <div className="px-4">
          <Notice tone="bad">{t('messages.more.failed')}</Notice>
        </div>
      )}
      {list.pagination.hasNextPage && (
        <Button
          look="quiet"
          className="justify-self-center"
          busy={more.isPending}
          onClick={() => more.mutate()}
        >
          {t('design.more')}
        </Button>
      )}
    </div>
  )
}
