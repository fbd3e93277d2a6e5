import { useQueryClient } from '@tanstack/react-query'
import { HeartCrack, SearchX } from 'lucide-react'
import { useEffect } from 'react'
import { ButtonLink } from '../design/button.tsx'
import { useHeadingFocus } from '../design/page.tsx'
import { EmptyState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'
import { forgetDraft } from './draft.ts'
import { discardAll } from './outbox.ts'
import { conversationsQuery } from './queries.ts'

/** A conversation that was closed, for reading too, or that never was. */
export function ConversationGone({ conversationId, closed }: { conversationId: string; closed: boolean }) {
  const t = useText()
  const client = useQueryClient()
  const kind = closed ? 'closed' : 'unknown'
  const heading = useHeadingFocus(t(`messages.${kind}.title`))
  useEffect(() => {
    // What was meant for it can go nowhere any more.
    void discardAll(conversationId)
    forgetDraft(conversationId)
    void client.invalidateQueries({ queryKey: conversationsQuery.queryKey, exact: true })
  }, [client, conversationId])
  return (
    <div className="grid h-full place-content-center overflow-y-auto">
      <h1 ref={heading} tabIndex={-1} className="sr-only">
        {t(`messages.${kind}.title`)}
      </h1>
      <EmptyState
        icon={closed ? <HeartCrack size={28} /> : <SearchX size={28} />}
        title={t(`messages.${kind}.title`)}
        text={t(`messages.${kind}.text`)}
      >
        <ButtonLink to="/messages" look="secondary" replace>
          {t('messages.toList')}
        </ButtonLink>
      </EmptyState>
    </div>
  )
}
