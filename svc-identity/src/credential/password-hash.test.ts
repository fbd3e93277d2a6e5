import { expect, test } from 'bun:test'
import { createPasswordHasher } from './password-hash.ts'

test('a password opens its own hash only, however it was composed', async () => {
  const passwords = createPasswordHasher({ concurrency: 2, queue: 8 })
  const hash = await passwords.hash('caf\u00e9 au lait')
  expect(hash).toStartWith('$argon2id$v=19$m=19456,t=2,p=1$')
  expect(await passwords.verify('cafe\u0301 au lait', hash)).toBe(true)
  expect(await passwords.verify('cafe au lait', hash)).toBe(false)
})

test('nobody is never let in, and the same work is done for nobody', async () => {
  const passwords = createPasswordHasher({ concurrency: 1, queue: 1 })
  expect(await passwords.verify('whatever it is', null)).toBe(false)
})

test('more than may wait are refused as unavailable, and the others are served', async () => {
  const passwords = createPasswordHasher({ concurrency: 1, queue: 2 })
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => passwords.hash('some password')))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3)
  for (const result of results) {
    if (result.status === 'rejected') {
      expect(result.reason).toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 })
    }
  }
})
