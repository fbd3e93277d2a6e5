import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId } from '@accord/contracts/id'
import { decodeProtectedHeader } from 'jose'
import { startIdentity, type TestIdentity } from '../fixture/identity.sample.ts'
import { keepSigningKeys } from './keep.ts'
import { rotateSigningKeys, rotation } from './rotate.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const published = async () => (await identity.ask('GET', '/.well-known/jwks.json')).body.keys
const states = async () => (await rotateSigningKeys(identity.deps)).map((key) => key.state)
const signer = async () => {
  const token = await identity.deps.accessTokens.sign({
    memberId: newId('mem'),
    sessionId: newId('ses'),
    role: 'companion',
    amr: ['pwd'],
    authenticatedAt: identity.clock(),
    staff: false,
  })
  return decodeProtectedHeader(token).kid
}

test('a key is published two days before its first signature, and stays until the last token has expired', async () => {
  const first = await signer()
  identity.clock.advance(rotation.signsForMs - rotation.publishedAheadMs)
  await keepSigningKeys(identity.deps)
  expect(await signer()).toBe(first)
  expect(await published()).toHaveLength(2)

  identity.clock.advance(rotation.publishedAheadMs)
  await keepSigningKeys(identity.deps)
  const second = await signer()
  expect(second).not.toBe(first)
  expect((await published()).map((key: { kid: string }) => key.kid)).toEqual([first, second])

  identity.clock.advance(rotation.keptMs)
  await keepSigningKeys(identity.deps)
  expect((await published()).map((key: { kid: string }) => key.kid)).toEqual([second])
})

test('instances that rotate at once agree on the keys', async () => {
  identity.clock.advance(rotation.signsForMs - rotation.publishedAheadMs)
  const all = await Promise.all(Array.from({ length: 6 }, () => rotateSigningKeys(identity.deps)))
  const kids = new Set(all.map((keys) => keys.map((key) => `${key.kid} ${key.state}`).join()))
  expect(kids.size).toBe(1)
  expect(await states()).toEqual(['current', 'next'])
})

test('after a long sleep the next key still waits until it has been published long enough', async () => {
  identity.clock.advance(10 * rotation.signsForMs)
  const before = await signer()
  await keepSigningKeys(identity.deps)
  expect(await states()).toContain('current')
  identity.clock.advance(rotation.publishedAheadMs)
  await keepSigningKeys(identity.deps)
  expect(await signer()).not.toBe(before)
})

test('every change of the set is published, and no private key is in it or readable in the database', async () => {
  const sets = await identity.outbox('$KV.jwks.')
  expect(sets.length).toBeGreaterThan(2)
  for (const set of sets) {
    for (const key of JSON.parse(set.payload).keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
    }
  }
  const rows = await identity.deps.db.primary.selectFrom('signing_keys').selectAll().execute()
  for (const row of rows) expect(row.private_sealed.toString('latin1')).not.toContain('"d"')
})

test('without a change nothing is published again, unless it is asked for', async () => {
  const before = (await identity.outbox('$KV.jwks.')).length
  await rotateSigningKeys(identity.deps)
  expect(await identity.outbox('$KV.jwks.')).toHaveLength(before)
  await rotateSigningKeys(identity.deps, { republish: true })
  expect(await identity.outbox('$KV.jwks.')).toHaveLength(before + 1)
})
