import { useQuery } from '@tanstack/react-query'
import { conversationsQuery } from '../messages/queries.ts'
import { notificationsQuery } from '../notifications/queries.ts'

/** How much is unread, for the navigation. */
export function useUnread(): { messages: number; notifications: number } {
  const conversations = useQuery(conversationsQuery)
  const notifications = useQuery(notificationsQuery)
  return {
    messages: conversations.data?.unreadCount ?? 0,
    notifications: notifications.data?.unread ?? 0,
  }
}
