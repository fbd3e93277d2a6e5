import { Id, isId } from '@accord/contracts/id'
import { defaultPageLimit, PageOf, PageQuery } from '@accord/contracts/page'
import { decodeTimeCursor, pageOf } from '@accord/kit/http/cursor'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { NotificationAbout, NotificationKind } from './kind.ts'
import { markRead, type Notification, notificationsOf, unreadCount } from './store.ts'

const strict = { additionalProperties: false }
const Unread = Type.Integer({ minimum: 0, description: 'Unread entries; 100 stands for a hundred or more.' })

const NotificationView = Type.Object(
  {
    id: Id('ntf'),
    kind: NotificationKind,
    about: NotificationAbout,
    count: Type.Integer({ minimum: 1, description: 'How often it happened since it was last read.' }),
    createdAt: Type.String(),
    readAt: Type.Union([Type.String(), Type.Null()]),
  },
  strict,
)

export const inboxRoutes = (deps: Deps) =>
  routes()
    .get(
      '/api/v1/notifications',
      async ({ caller, query }) => {
        const { memberId } = caller.actor
        const limit = query.limit ?? defaultPageLimit
        const before = query.cursor === undefined ? null : cursorOf(query.cursor)
        const [rows, unread] = await Promise.all([
          notificationsOf(deps.db.primary, memberId, limit + 1, before),
          unreadCount(deps.db.primary, memberId),
        ])
        const page = pageOf(rows, limit, (row) => [row.createdAt.toISOString(), row.id])
        return { ...page, data: page.data.map(viewOf), unread }
      },
      operation({
        id: 'listNotifications',
        access: 'member',
        tags: ['notifications'],
        summary: 'The member’s notifications, the newest first',
        query: PageQuery,
        response: { 200: PageOf(NotificationView, { unread: Unread }) },
      }),
    )
    .post(
      '/api/v1/notifications/read',
      async ({ caller, body }) => {
        const { memberId } = caller.actor
        await markRead(deps.db.primary, memberId, body.ids ?? 'all', deps.clock())
        const unread = await unreadCount(deps.db.primary, memberId)
        deps.publishLive(memberId, { type: 'notification', unread })
        return { unread }
      },
      operation({
        id: 'markNotificationsRead',
        access: 'member',
        tags: ['notifications'],
        summary: 'Mark notifications as read: the named ones, or all',
        body: Type.Object(
          { ids: Type.Optional(Type.Array(Id('ntf'), { minItems: 1, maxItems: 100 })) },
          strict,
        ),
        response: { 200: Type.Object({ unread: Unread }, strict) },
      }),
    )

function cursorOf(cursor: string) {
  const { time, id } = decodeTimeCursor(cursor, (text) => isId('ntf', text))
  return { createdAt: time, id }
}

function viewOf(notification: Notification) {
  return {
    ...notification,
    createdAt: notification.createdAt.toISOString(),
    readAt: notification.readAt?.toISOString() ?? null,
  }
}
