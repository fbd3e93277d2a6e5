import { Id } from '@accord/contracts/id'
import { type Static, Type } from '@sinclair/typebox'
import { LikesLeft } from '../deck/schema.ts'
import { Match } from '../match/schema.ts'

const strict = { additionalProperties: false }

export const DecisionRequest = Type.Object(
  { memberId: Id('mem'), decision: Type.Union([Type.Literal('like'), Type.Literal('pass')]) },
  strict,
)
export type DecisionRequest = Static<typeof DecisionRequest>

export const DecisionAnswer = Type.Object(
  {
    decision: DecisionRequest.properties.decision,
    match: Type.Union([Match, Type.Null()], { description: 'The match, when both like each other.' }),
    likesLeft: LikesLeft,
  },
  { ...strict, $id: 'Decision' },
)
export type DecisionAnswer = Static<typeof DecisionAnswer>

export const Rewound = Type.Object(
  { memberId: Id('mem', { description: 'Whom the pass was about.' }) },
  { ...strict, $id: 'Rewound' },
)
export type Rewound = Static<typeof Rewound>
