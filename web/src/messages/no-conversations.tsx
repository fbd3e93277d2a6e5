import { useQuery } from '@tanstack/react-query'
import { MessageCircle } from 'lucide-react'
import { api, unwrap } from '../api/client.ts'
import { ButtonLink } from '../design/button.tsx'
import { SkeletonRows } from '../design/skeleton.tsx'
import { EmptyState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'

/** Nobody to write to: whether that is for want of matches decides what to do next. */
export function NoConversations() {
  const t = useText()
  const { data: matched, isPending } = useQuery({
    queryKey: ['matches', 'any'],
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.GET('/api/v1/matches', { params: { query: { limit: 1 } }, signal }))
      return data.length > 0
    },
  })
  if (isPending) return <SkeletonRows count={3} />
  return (
    <EmptyState
      icon={<MessageCircle size={28} />}
      title={t('messages.empty.title')}
      text={t(matched ? 'messages.empty.matched' : 'messages.empty.text')}
    >
      {matched ? (
        <ButtonLink to="/matches">{t('messages.empty.toMatches')}</ButtonLink>
      ) : (
        <ButtonLink to="/discover">{t('messages.empty.toDiscover')}</ButtonLink>
      )}
    </EmptyState>
  )
}
