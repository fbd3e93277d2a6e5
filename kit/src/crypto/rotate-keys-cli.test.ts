import { expect, test } from 'bun:test'
import { testKeyring } from '@accord/stack/harness'
import { openFixture } from '../fixture/database.sample.ts'
import { run } from '../fixture/run.sample.ts'
import { createEnvelope } from './envelope.ts'

test('an operator rotates the key-encryption key while the service runs', async () => {
  const fixture = await openFixture()
  const keys = testKeyring()
  const running = createEnvelope(keys.keyring)
  const binding = { owner: 'mem_1', table: 't', column: 'c', row: '1' }
  const sealed = await running.encrypt(fixture.primary, binding, 'text')
  const environment = { DATABASE_URL: fixture.url, KEYRING_FILE: keys.file }
  expect(await run('crypto/rotate-keys-cli.ts', [], environment)).toEqual({
    code: 0,
    out: 'key-encryption key 2 is current; 1 data keys rewrapped\n',
    err: '',
  })
  expect(await running.decrypt(fixture.primary, binding, sealed)).toBe('text')
  expect(await createEnvelope(keys.keyring).decrypt(fixture.primary, binding, sealed)).toBe('text')
  expect(await run('crypto/rotate-keys-cli.ts', ['--resume'], environment)).toMatchObject({
    out: 'key-encryption key 2 is current; 0 data keys rewrapped\n',
  })
  expect(await run('crypto/rotate-keys-cli.ts', [], { DATABASE_URL: fixture.url })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^KEYRING_FILE is not set/),
  })
  keys.remove()
  await fixture.drop()
})
