import { type Static, Type } from '@sinclair/typebox'
import type { ErrorCode } from './error-code.ts'
import { Id, type MemberId } from './id.ts'
import type { FieldProblem } from './problem.ts'

const strict = { additionalProperties: false }

/** A message as both members see it. `text` is null once it was deleted. */
export const Message = Type.Object(
  {
    id: Id('msg'),
    conversationId: Id('con'),
    senderId: Id('mem'),
    clientMessageId: Type.Union([Type.String(), Type.Null()], { description: 'Only to its sender.' }),
    seq: Type.Integer({ minimum: 1, description: 'Place in the conversation.' }),
    text: Type.Union([Type.String(), Type.Null()]),
    createdAt: Type.String(),
    editedAt: Type.Union([Type.String(), Type.Null()]),
    deletedAt: Type.Union([Type.String(), Type.Null()]),
  },
  { ...strict, $id: 'Message' },
)
export type Message = Static<typeof Message>

/** One step of a conversation; `seq` has no gaps, so that a reader sees what it missed. */
export const ConversationChange = Type.Union([
  Type.Object(
    {
      type: Type.Literal('message.created'),
      conversationId: Id('con'),
      seq: Type.Integer(),
      message: Message,
    },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('message.changed'),
      conversationId: Id('con'),
      seq: Type.Integer(),
      message: Message,
    },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('read'),
      conversationId: Id('con'),
      seq: Type.Integer(),
      readerId: Id('mem'),
      upToSeq: Type.Integer({ description: 'Messages up to this seq were read.' }),
    },
    strict,
  ),
])
export type ConversationChange = Static<typeof ConversationChange>

/** What is published on `live.<memberId>` and pushed to that member's sockets. */
export const LiveEvent = Type.Union([
  ConversationChange,
  Type.Object({ type: Type.Literal('typing'), conversationId: Id('con'), memberId: Id('mem') }, strict),
  Type.Object({ type: Type.Literal('presence'), memberId: Id('mem'), online: Type.Boolean() }, strict),
  Type.Object({ type: Type.Literal('match.created'), matchId: Id('mat'), memberId: Id('mem') }, strict),
  Type.Object(
    { type: Type.Literal('conversation.opened'), conversationId: Id('con'), memberId: Id('mem') },
    { ...strict, description: 'The list of conversations has it now; before or after `match.created`.' },
  ),
  Type.Object({ type: Type.Literal('match.ended'), matchId: Id('mat') }, strict),
  Type.Object(
    { type: Type.Literal('deck.changed') },
    {
      ...strict,
      description: 'By a change of the own profile or preferences, which the deck follows from now on.',
    },
  ),
  Type.Object({ type: Type.Literal('notification'), unread: Type.Integer() }, strict),
  Type.Object({ type: Type.Literal('session.revoked') }, strict),
])
export type LiveEvent = Static<typeof LiveEvent>

/** What is shed first when a socket is slow. */
export const sheddable: ReadonlySet<LiveEvent['type']> = new Set(['typing', 'presence'])

const frame = { id: Type.Union([Type.String({ maxLength: 64 }), Type.Integer()]) }

/** What a client may send over the socket. */
export const ClientFrame = Type.Union([
  Type.Object({ ...frame, type: Type.Literal('auth'), token: Type.String({ maxLength: 4096 }) }, strict),
  Type.Object(
    { ...frame, type: Type.Literal('refresh'), token: Type.Optional(Type.String({ maxLength: 4096 })) },
    strict,
  ),
  Type.Object(
    {
      ...frame,
      type: Type.Literal('send'),
      conversationId: Id('con'),
      clientMessageId: Type.String({ minLength: 8, maxLength: 64 }),
      text: Type.String({ minLength: 1, maxLength: 4000 }),
    },
    strict,
  ),
  Type.Object(
    {
      ...frame,
      type: Type.Literal('read'),
      conversationId: Id('con'),
      upToSeq: Type.Integer({ minimum: 1 }),
    },
    strict,
  ),
  Type.Object({ ...frame, type: Type.Literal('typing'), conversationId: Id('con') }, strict),
  Type.Object(
    {
      ...frame,
      type: Type.Literal('resume'),
      conversations: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { maxProperties: 100 }),
    },
    strict,
  ),
  Type.Object({ ...frame, type: Type.Literal('ping') }, strict),
])
export type ClientFrame = Static<typeof ClientFrame>

/** The answer to a frame, by its `id`; after the commit where something was stored. Beside `ok` lies the result. */
export type LiveReply =
  | { re: ClientFrame['id']; ok: true; [result: string]: unknown }
  | {
      /** Null when the frame could not be read. */
      re: ClientFrame['id'] | null
      ok: false
      code: ErrorCode
      title: string
      detail?: string
      fields?: readonly FieldProblem[]
      retryAfterSeconds?: number
    }

/** What a gateway tells of the socket itself, beside the events it pushes. */
export type SocketNotice =
  /** Signed in and listening: resume now. `expiresAt` (UTC): send `refresh` before it. */
  | { type: 'ready'; memberId: MemberId; expiresAt: string }
  /** A minute is left to `refresh`. */
  | { type: 'session.expiring'; expiresAt: string }

/** Everything that a server may send. */
export type ServerFrame = LiveReply | SocketNotice | LiveEvent

/** Close codes: 4000-4099 mean reconnect, 4100-4199 mean do not. */
export const closeCodes = {
  goingAway: 4000,
  tooSlow: 4001,
  idle: 4002,
  unavailable: 4003,
  authTimeout: 4100,
  unauthenticated: 4101,
  sessionRevoked: 4102,
  replaced: 4103,
  protocolError: 4104,
  tooManyMessages: 4105,
} as const

/** Limits of the live protocol; seconds where a time. */
export const liveLimits = {
  socketsPerMember: 3,
  messagesPerMinute: 60,
  authWithinSeconds: 10,
  pingSeconds: 25,
  maxFrameBytes: 16 * 1024,
} as const

export const liveSubject = (memberId: string) => `live.${memberId}`
export const liveControlSubject = (gatewayId: string) => `live-control.${gatewayId}`
