import { MemberRole } from '@accord/contracts/actor'
import { Gender } from '@accord/contracts/event/identity'
import { type Static, Type } from '@sinclair/typebox'

export const oldestAge = 120

/** Whom a member wants to meet. */
export const Preferences = Type.Object(
  {
    genders: Type.Array(Gender, { minItems: 1, maxItems: 3, uniqueItems: true }),
    roles: Type.Array(MemberRole, { minItems: 1, maxItems: 2, uniqueItems: true }),
    ageMin: Type.Integer({ minimum: 18, maximum: oldestAge }),
    ageMax: Type.Integer({ minimum: 18, maximum: oldestAge }),
    distanceKm: Type.Union([Type.Integer({ minimum: 1, maximum: 20_000 }), Type.Null()], {
      description: 'How far away somebody may live at most; null is anywhere.',
    }),
  },
  { additionalProperties: false, $id: 'Preferences' },
)
export type Preferences = Static<typeof Preferences>
