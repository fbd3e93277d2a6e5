import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newMember, registration, startIdentity, type TestIdentity } from './fixture/identity.sample.ts'
import { removeExpired } from './retention.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const day = 24 * 60 * 60_000
const count = async (table: 'accounts' | 'sessions' | 'refresh_tokens' | 'link_tokens' | 'mail_requests') =>
  (await identity.deps.db.primary.selectFrom(table).selectAll().execute()).length

test('what has expired goes, what is in use stays', async () => {
  const { refreshToken, email, password } = await newMember(identity)
  const pending = registration()
  await identity.ask('POST', '/api/v1/auth/register', { body: pending })
  await identity.ask('POST', '/api/v1/auth/login', { body: { email, password } })
  expect(await removeExpired(identity.deps)).toBe(0)

  identity.clock.advance(7 * day)
  const { body } = await identity.ask('POST', '/api/v1/auth/refresh', { body: { refreshToken } })
  await removeExpired(identity.deps)
  expect(await count('accounts')).toBe(1)
  expect(await count('link_tokens')).toBe(0)
  expect(await count('mail_requests')).toBe(0)
  expect(await count('sessions')).toBe(1)
  const again = await identity.ask('POST', '/api/v1/auth/refresh', {
    body: { refreshToken: body.refreshToken },
  })
  expect(again.status).toBe(200)

  identity.clock.advance(60 * day)
  await removeExpired(identity.deps)
  expect(await count('sessions')).toBe(0)
  expect(await count('refresh_tokens')).toBe(0)
  expect(await count('accounts')).toBe(1)
})

test('answers that could be repeated are forgotten after their moment', async () => {
  const { refreshToken } = await newMember(identity)
  const refresh = () => identity.ask('POST', '/api/v1/auth/refresh', { body: { refreshToken } })
  const first = await refresh()
  const kept = () =>
    identity.deps.db.primary
      .selectFrom('refresh_tokens')
      .select('token_hash')
      .where('answer_sealed', 'is not', null)
      .execute()
  await removeExpired(identity.deps)
  expect(await kept()).toHaveLength(1)
  identity.clock.advance(30_000)
  await removeExpired(identity.deps)
  expect((await refresh()).body).toEqual(first.body)
  identity.clock.advance(30_000)
  await removeExpired(identity.deps)
  expect(await kept()).toHaveLength(0)
})
