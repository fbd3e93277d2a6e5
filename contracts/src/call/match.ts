import { Type } from '@sinclair/typebox'
import { Id } from '../id.ts'
import { defineCall } from './define.ts'

const strict = { additionalProperties: false }
const a = 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d'
const b = 'mem_01k9zv8h5ae6wt3q4x7n2m0c1e'

export const matchBlock = defineCall({
  service: 'match',
  verb: 'block',
  description: 'Applies a block at once, ahead of its event. Safe to repeat.',
  timeoutMs: 500,
  request: Type.Object({ blockerId: Id('mem'), blockedId: Id('mem') }, strict),
  response: Type.Object({}, strict),
  samples: { request: { blockerId: a, blockedId: b }, response: {} },
})

export const matchOf = defineCall({
  service: 'match',
  verb: 'match',
  description:
    'A match by its id, for opening its conversation before the event has arrived. Null when there is none.',
  timeoutMs: 1000,
  request: Type.Object({ matchId: Id('mat') }, strict),
  response: Type.Object(
    {
      match: Type.Union([
        Type.Object(
          { memberIds: Type.Tuple([Id('mem'), Id('mem')]), active: Type.Boolean(), createdAt: Type.String() },
          strict,
        ),
        Type.Null(),
      ]),
    },
    strict,
  ),
  samples: { request: { matchId: 'mat_01k9zv8h5ae6wt3q4x7n2m0c1d' }, response: { match: null } },
})
