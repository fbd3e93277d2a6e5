import { afterAll, expect, test } from 'bun:test'
import { chmodSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { testKeyring } from '@accord/stack/harness'
import { blindIndex, blindIndexes } from './blind-index.ts'
import { openKeyring } from './keyring.ts'

const keys = testKeyring()
afterAll(() => keys.remove())

test('a key opens only in the context in which it was wrapped', async () => {
  const wrapped = await keys.keyring.wrap(new Uint8Array(32).fill(7), 'mem_1')
  expect([...(await keys.keyring.unwrap(wrapped, 'mem_1'))]).toEqual(Array(32).fill(7))
  await expect(keys.keyring.unwrap(wrapped, 'mem_2')).rejects.toThrow()
})

test('a process that was there before the rotation reads what is wrapped after it', async () => {
  const before = openKeyring({ file: keys.file })
  const early = await before.wrap(new Uint8Array(32), 'x')
  const version = await keys.keyring.rotate()
  const late = await keys.keyring.wrap(new Uint8Array(32), 'x')
  expect(late.kekVersion).toBe(version)
  expect(await before.unwrap(late, 'x')).toHaveLength(32)
  expect(await keys.keyring.unwrap(early, 'x')).toHaveLength(32)
  expect(statSync(keys.file).mode & 0o777).toBe(0o600)
})

test('a process that was there before the rotation wraps with the new key', async () => {
  const before = openKeyring({ file: keys.file })
  const version = await keys.keyring.rotate()
  expect((await before.wrap(new Uint8Array(32), 'x')).kekVersion).toBe(version)
})

test('while the keyring is being changed a second change is refused, so that no key is lost', async () => {
  writeFileSync(`${keys.file}.lock`, '')
  await expect(keys.keyring.rotate()).rejects.toThrow(/being changed by another process/)
  unlinkSync(`${keys.file}.lock`)
  await keys.keyring.rotate()
})

test('a file that others may read, that is not there or not a keyring is refused in one line', () => {
  const other = testKeyring()
  chmodSync(other.file, 0o644)
  expect(() => openKeyring({ file: other.file })).toThrow(/can be read by others: chmod 600/)
  chmodSync(other.file, 0o600)
  writeFileSync(other.file, '{"format":"accord-keyring-1","keks":[{"key":"c2VjcmV0"}]}')
  expect(() => openKeyring({ file: other.file })).toThrow(/is not a keyring file$/)
  other.remove()
  expect(() => openKeyring({ file: other.file })).toThrow(/cannot be read/)
})

test('a provider that this build does not carry is a clear refusal', () => {
  expect(() => openKeyring({ provider: 'aws-kms' })).toThrow(/aws-kms is not part of this build/)
  expect(() => openKeyring({})).toThrow(/KEYRING_FILE is not set/)
})

test('a blind index is the same for the same value and purpose alone', () => {
  const index = blindIndex(keys.keyring, 'email', 'anna@example.org')
  expect(index.digest).toHaveLength(32)
  expect(blindIndexes(keys.keyring, 'email', 'anna@example.org')).toEqual([index])
  expect(blindIndex(keys.keyring, 'phone', 'anna@example.org').digest.equals(index.digest)).toBe(false)
  expect(blindIndex(keys.keyring, 'email', 'anna@example.com').digest.equals(index.digest)).toBe(false)
})
