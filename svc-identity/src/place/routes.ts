import { PageOf } from '@accord/contracts/page'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import { shippedGazetteer } from './gazetteer.ts'

const PlaceFound = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    country: Type.String({ description: 'ISO 3166-1 alpha-2.', examples: ['CH'] }),
    region: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false, $id: 'Place' },
)

const defaultLimit = 10

export const placeRoutes = () =>
  routes().get(
    '/api/v1/places',
    ({ query }) => {
      const limit = query.limit ?? defaultLimit
      const found = shippedGazetteer().search(query.q, limit)
      return {
        // Named one by one: coordinates never leave.
        data: found.map(({ id, name, country, region }) => ({ id, name, country, region })),
        pagination: { hasNextPage: false, nextCursor: null, limit },
      }
    },
    operation({
      id: 'searchPlaces',
      access: 'member',
      summary: 'Find a city',
      description:
        'Cities of which a name begins with the text, the largest first. Case and diacritics do not matter, ' +
        'and many are found by their names in other languages. City data: GeoNames, CC BY 4.0.',
      tags: ['places'],
      query: Type.Object({
        q: Type.String({ minLength: 1, maxLength: 80, description: 'First letters of the name.' }),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'Default 10.' })),
      }),
      response: { 200: PageOf(PlaceFound) },
    }),
  )
