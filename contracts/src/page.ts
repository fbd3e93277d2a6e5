import { type Static, type TSchema, Type } from '@sinclair/typebox'

/** The query of every list: how many at most, and where the last page ended. */
export const PageQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: 'How many at most. Default 20.' }),
    ),
    cursor: Type.Optional(
      Type.String({ maxLength: 512, description: 'nextCursor of the page before. Opaque.' }),
    ),
  },
  { additionalProperties: false },
)
export type PageQuery = Static<typeof PageQuery>

export const defaultPageLimit = 20

export const Pagination = Type.Object(
  {
    hasNextPage: Type.Boolean(),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    limit: Type.Integer({ minimum: 1, maximum: 100 }),
  },
  { additionalProperties: false },
)

/** The answer of every list: `{data, pagination}`, plus what `more` adds (unread counts, likes left). */
export function PageOf<T extends TSchema, M extends Record<string, TSchema> = Record<never, TSchema>>(
  item: T,
  more?: M,
) {
  return Type.Object(
    { data: Type.Array(item), pagination: Pagination, ...(more as M) },
    { additionalProperties: false },
  )
}

export interface Page<T> {
  data: T[]
  pagination: Static<typeof Pagination>
}
