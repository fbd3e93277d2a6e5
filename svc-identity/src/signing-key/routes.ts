import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import type { PublicKey } from './tables.ts'

const strict = { additionalProperties: false }

const KeySet = Type.Object(
  {
    keys: Type.Array(
      Type.Object(
        {
          kty: Type.String(),
          crv: Type.String(),
          x: Type.String(),
          kid: Type.String(),
          alg: Type.String(),
          use: Type.String(),
        },
        strict,
      ),
    ),
  },
  strict,
)

export const signingKeyRoutes = (deps: Deps) =>
  routes().get(
    '/.well-known/jwks.json',
    async ({ set }) => {
      // Well below the time a key is published ahead of its use.
      set.headers['cache-control'] = 'public, max-age=300'
      return { keys: await publishedKeys(deps) }
    },
    operation({
      id: 'getJwks',
      access: 'public',
      summary: 'Keys that sign access tokens',
      description: 'A JWK Set (RFC 7517). The next key is in it two days before its first use.',
      tags: ['auth'],
      response: { 200: KeySet },
    }),
  )

async function publishedKeys(deps: Deps): Promise<PublicKey[]> {
  const rows = await deps.db.replica
    .selectFrom('signing_keys')
    .select('public_jwk')
    .orderBy('created_at')
    .execute()
  return rows.map((row) => row.public_jwk)
}
