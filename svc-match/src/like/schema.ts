import { Card } from '@accord/contracts/call/identity'
import { PageOf } from '@accord/contracts/page'
import { type Static, Type } from '@sinclair/typebox'

export const LikesReceived = PageOf(
  Type.Object(
    { member: Card, likedAt: Type.String({ format: 'date-time' }) },
    { additionalProperties: false, $id: 'LikeReceived' },
  ),
  {
    count: Type.Integer({ minimum: 0, description: 'How many wait for an answer; 1000 is 1000 or more.' }),
    revealed: Type.Boolean({ description: 'Whether the plan shows who they are; else `data` is empty.' }),
  },
)
export type LikesReceived = Static<typeof LikesReceived>
