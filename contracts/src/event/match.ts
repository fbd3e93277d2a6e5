import { Type } from '@sinclair/typebox'
import { Id } from '../id.ts'
import { defineEvent } from './define.ts'

const pair = Type.Tuple([Id('mem'), Id('mem')], { description: 'Both members, the smaller id first.' })
const members: [`mem_${string}`, `mem_${string}`] = [
  'mem_01k9zv8h5ae6wt3q4x7n2m0c1d',
  'mem_01k9zv8h5ae6wt3q4x7n2m0c1e',
]

export const matchCreated = defineEvent({
  type: 'match.match.created',
  aggregate: 'mat',
  version: 1,
  description: 'Two members like each other.',
  data: Type.Object({ memberIds: pair }, { additionalProperties: false }),
  sample: { memberIds: members },
})

export const matchEnded = defineEvent({
  type: 'match.match.ended',
  aggregate: 'mat',
  version: 1,
  description: 'A match ended, for good. `by` is null when the system ended it.',
  data: Type.Object(
    {
      memberIds: pair,
      by: Type.Union([Id('mem'), Type.Null()]),
      reason: Type.Union([Type.Literal('unmatched'), Type.Literal('blocked'), Type.Literal('deleted')]),
    },
    { additionalProperties: false },
  ),
  sample: { memberIds: members, by: members[0], reason: 'unmatched' },
})
