import { Card } from '@accord/contracts/call/identity'
import { Id } from '@accord/contracts/id'
import { PageQuery } from '@accord/contracts/page'
import { type Static, Type } from '@sinclair/typebox'

const strict = { additionalProperties: false }

/** A match as one of its members sees it. */
export const Match = Type.Object(
  {
    id: Id('mat'),
    memberId: Id('mem', { description: 'The other member.' }),
    conversationId: Id('con', { description: 'Can be opened at once.' }),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { ...strict, $id: 'Match' },
)
export type Match = Static<typeof Match>

export const ListedMatch = Type.Object(
  {
    ...Match.properties,
    member: Type.Union([Card, Type.Null()], { description: 'Null while the other member is hidden.' }),
  },
  { ...strict, $id: 'ListedMatch' },
)
export type ListedMatch = Static<typeof ListedMatch>

export const MatchesQuery = Type.Composite(
  [
    PageQuery,
    Type.Object({
      memberId: Type.Optional(
        Id('mem', { description: 'Only the match with this member, if there is one.' }),
      ),
    }),
  ],
  { additionalProperties: false },
)
export type MatchesQuery = Static<typeof MatchesQuery>
