import { Id } from '@accord/contracts/id'
import { type Static, Type } from '@sinclair/typebox'

export const NotificationKind = Type.Union([
  Type.Literal('welcome'),
  Type.Literal('match'),
  Type.Literal('message'),
  Type.Literal('subscription'),
])
export type NotificationKind = Static<typeof NotificationKind>

/** What a notification is about, by id: the client already has, or fetches, what it shows. */
export const NotificationAbout = Type.Object(
  {
    memberId: Type.Optional(Id('mem', { description: 'The other member.' })),
    matchId: Type.Optional(Id('mat')),
    conversationId: Type.Optional(Id('con')),
    plan: Type.Optional(Type.String()),
    status: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type NotificationAbout = Static<typeof NotificationAbout>
