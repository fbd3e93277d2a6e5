import { Type } from '@sinclair/typebox'
import { Id } from '../id.ts'
import { ConversationChange } from '../live.ts'
import { defineCall } from './define.ts'

const strict = { additionalProperties: false }
const member = 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d'
const conversation = 'con_01k9zv8h5ae6wt3q4x7n2m0c1d'

export const chatBlock = defineCall({
  service: 'chat',
  verb: 'block',
  description: 'Closes the conversation of two members at once, ahead of the event. Safe to repeat.',
  timeoutMs: 500,
  request: Type.Object({ blockerId: Id('mem'), blockedId: Id('mem') }, strict),
  response: Type.Object({}, strict),
  samples: {
    request: { blockerId: member, blockedId: 'mem_01k9zv8h5ae6wt3q4x7n2m0c1e' },
    response: {},
  },
})

export const chatClose = defineCall({
  service: 'chat',
  verb: 'close',
  description:
    'Closes the conversation of a match that a member has ended, at once, ahead of the event. Safe to repeat.',
  timeoutMs: 500,
  request: Type.Object({ matchId: Id('mat'), memberIds: Type.Tuple([Id('mem'), Id('mem')]) }, strict),
  response: Type.Object({}, strict),
  samples: {
    request: {
      matchId: 'mat_01k9zv8h5ae6wt3q4x7n2m0c1d',
      memberIds: [member, 'mem_01k9zv8h5ae6wt3q4x7n2m0c1e'],
    },
    response: {},
  },
})

export const typing = defineCall({
  service: 'chat',
  verb: 'typing',
  description: 'Tells the other member that this one is typing. Nothing is stored.',
  timeoutMs: 1000,
  request: Type.Object({ memberId: Id('mem'), conversationId: Id('con') }, strict),
  response: Type.Object({ delivered: Type.Boolean() }, strict),
  samples: { request: { memberId: member, conversationId: conversation }, response: { delivered: true } },
})

/** At most this many changes are given for one conversation; a longer gap is answered with a snapshot. */
export const resumeLimit = 200

export const resume = defineCall({
  service: 'chat',
  verb: 'resume',
  description:
    'What a socket missed, by conversation. `recovered` true: `changes` is the whole gap in order of seq. ' +
    'False: the gap is too long, fetch the history anew; `changes` is empty. Never a part.',
  timeoutMs: 3000,
  request: Type.Object(
    {
      memberId: Id('mem'),
      conversations: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { maxProperties: 100 }),
    },
    strict,
  ),
  response: Type.Object(
    {
      conversations: Type.Record(
        Type.String(),
        Type.Object(
          { recovered: Type.Boolean(), seq: Type.Integer(), changes: Type.Array(ConversationChange) },
          strict,
        ),
      ),
    },
    strict,
  ),
  samples: {
    request: { memberId: member, conversations: { [conversation]: 3 } },
    response: { conversations: {} },
  },
})
