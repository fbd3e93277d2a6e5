import { Card } from '@accord/contracts/call/identity'
import { PageOf } from '@accord/contracts/page'
import { type Static, Type } from '@sinclair/typebox'

export const DeckEntry = Type.Object(
  {
    member: Card,
    distanceKm: Type.Integer({ minimum: 5, description: 'Between the cities, in steps of 5 km.' }),
  },
  { additionalProperties: false, $id: 'DeckEntry' },
)

export const LikesLeft = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
  description: 'Likes left today; null is without limit.',
})

export const Deck = PageOf(DeckEntry, {
  likesLeft: LikesLeft,
  likesResetAt: Type.String({ format: 'date-time', description: 'When they are counted anew.' }),
})
export type Deck = Static<typeof Deck>
