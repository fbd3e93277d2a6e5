import { afterAll, beforeAll, expect, test } from 'bun:test'
import { someoneWaits, testKeyring } from '@accord/stack/harness'
import { openFixture } from '../fixture/database.sample.ts'
import { createEnvelope } from './envelope.ts'
import { replayErasures, rewrapDataKeys } from './rotate.ts'

let fixture: Awaited<ReturnType<typeof openFixture>>
const keys = testKeyring()
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(async () => {
  await fixture.drop()
  keys.remove()
})

let owners = 0
const bind = (owner = `mem_${++owners}`) => ({ owner, table: 'members', column: 'email', row: '1' })

test('what was sealed opens in its own place and nowhere else', async () => {
  const db = fixture.primary
  const envelope = createEnvelope(keys.keyring)
  const binding = bind()
  const sealed = await envelope.encrypt(db, binding, 'anna@example.org')
  expect(sealed.includes('anna')).toBe(false)
  expect(await envelope.decrypt(db, binding, sealed)).toBe('anna@example.org')
  expect(await createEnvelope(keys.keyring).decrypt(db, binding, sealed)).toBe('anna@example.org')
  for (const elsewhere of [{ table: 't' }, { column: 'c' }, { row: '2' }]) {
    await expect(envelope.decrypt(db, { ...binding, ...elsewhere }, sealed)).rejects.toThrow()
  }
  const other = bind()
  await envelope.encrypt(db, other, 'x')
  await expect(envelope.decrypt(db, { ...binding, owner: other.owner }, sealed)).rejects.toThrow()
})

test('a value with one bit changed, cut short or in another format is refused', async () => {
  const envelope = createEnvelope(keys.keyring)
  const binding = bind()
  const sealed = await envelope.encrypt(fixture.primary, binding, 'text')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    await expect(envelope.decrypt(fixture.primary, binding, changed)).rejects.toThrow()
  }
  for (const length of [0, 1, 28, sealed.length - 1]) {
    await expect(envelope.decrypt(fixture.primary, binding, sealed.subarray(0, length))).rejects.toThrow()
  }
})

test('a place cannot be written so that it looks like another', async () => {
  const envelope = createEnvelope(keys.keyring)
  await expect(envelope.encrypt(fixture.primary, { ...bind(), row: '1|2' }, 'x')).rejects.toThrow(/\|/)
})

test('equal texts are sealed differently', async () => {
  const envelope = createEnvelope(keys.keyring)
  const binding = bind()
  const one = await envelope.encrypt(fixture.primary, binding, 'same')
  expect((await envelope.encrypt(fixture.primary, binding, 'same')).equals(one)).toBe(false)
})

test('an owner gets one key, however many first uses there are at once', async () => {
  const binding = bind()
  const envelopes = Array.from({ length: 8 }, () => createEnvelope(keys.keyring))
  const sealed = await Promise.all(
    envelopes.map((envelope, at) =>
      fixture.primary.transaction().execute((trx) => envelope.encrypt(trx, binding, `text ${at}`)),
    ),
  )
  const fresh = createEnvelope(keys.keyring)
  const opened = await fresh.decryptMany(
    fixture.primary,
    sealed.map((value) => ({ binding, sealed: value })),
  )
  expect(opened).toEqual(envelopes.map((_, at) => `text ${at}`))
})

test('a key whose transaction is undone is never used again', async () => {
  const envelope = createEnvelope(keys.keyring)
  const binding = bind()
  const undone = fixture.primary.transaction().execute(async (trx) => {
    await envelope.encrypt(trx, binding, 'first')
    await envelope.encrypt(trx, binding, 'second')
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const sealed = await envelope.encrypt(fixture.primary, binding, 'third')
  expect(await createEnvelope(keys.keyring).decrypt(fixture.primary, binding, sealed)).toBe('third')
})

test('an erased owner can neither be read nor written again, and the ledger says so', async () => {
  const envelope = createEnvelope(keys.keyring)
  const binding = bind()
  const kept = bind()
  const sealed = await envelope.encrypt(fixture.primary, binding, 'secret')
  const other = await envelope.encrypt(fixture.primary, kept, 'stays')
  await fixture.primary.transaction().execute((trx) => envelope.eraseOwner(trx, binding.owner))
  for (const reader of [envelope, createEnvelope(keys.keyring)]) {
    await expect(reader.decrypt(fixture.primary, binding, sealed)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(reader.encrypt(fixture.primary, binding, 'new')).rejects.toMatchObject({ code: 'not_found' })
    expect(
      await reader.decryptMany(fixture.primary, [
        { binding, sealed },
        { binding: kept, sealed: other },
        { binding: kept, sealed: null },
      ]),
    ).toEqual([null, 'stays', null])
  }
  const { owner } = binding
  const ledger = await fixture.primary.selectFrom('erasures').select('owner').execute()
  expect(ledger).toContainEqual({ owner })
  expect(ledger).not.toContainEqual({ owner: kept.owner })
})

test('a first use beside an erasure that is not committed yet waits for it and leaves no key', async () => {
  const binding = bind()
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const { promise: erased, resolve: hasErased } = Promise.withResolvers<void>()
  const erasing = fixture.primary.transaction().execute(async (trx) => {
    await createEnvelope(keys.keyring).eraseOwner(trx, binding.owner)
    hasErased()
    await mayCommit
  })
  await erased
  const writing = createEnvelope(keys.keyring).encrypt(fixture.primary, binding, 'late')
  writing.catch(() => {})
  await someoneWaits(fixture.url)
  commit()
  await erasing
  await expect(writing).rejects.toMatchObject({ code: 'not_found' })
  const rows = await fixture.primary.selectFrom('data_keys').where('owner', '=', binding.owner).execute()
  expect(rows).toEqual([])
})

test('an erasure that is undone leaves the key', async () => {
  const envelope = createEnvelope(keys.keyring)
  const binding = bind()
  const sealed = await envelope.encrypt(fixture.primary, binding, 'secret')
  const undone = fixture.primary.transaction().execute(async (trx) => {
    await envelope.eraseOwner(trx, binding.owner)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await envelope.decrypt(fixture.primary, binding, sealed)).toBe('secret')
})

test('a restored backup is erased again from the ledger', async () => {
  const envelope = createEnvelope(keys.keyring)
  const binding = bind()
  await envelope.encrypt(fixture.primary, binding, 'secret')
  expect(await replayErasures(fixture.primary, [binding.owner])).toBe(1)
  await expect(createEnvelope(keys.keyring).encrypt(fixture.primary, binding, 'x')).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('rotation rewraps every data key, touches no value, and old values still open', async () => {
  const envelope = createEnvelope(keys.keyring)
  const bindings = Array.from({ length: 20 }, () => bind())
  const sealed = await Promise.all(bindings.map((b) => envelope.encrypt(fixture.primary, b, b.owner)))
  const version = await keys.keyring.rotate()
  expect(await rewrapDataKeys(fixture.primary, keys.keyring)).toBeGreaterThanOrEqual(20)
  expect(await rewrapDataKeys(fixture.primary, keys.keyring)).toBe(0)
  const versions = await fixture.primary.selectFrom('data_keys').select('kek_version').distinct().execute()
  expect(versions).toEqual([{ kek_version: version }])
  const opened = await createEnvelope(keys.keyring).decryptMany(
    fixture.primary,
    bindings.map((binding, at) => ({ binding, sealed: sealed[at] ?? null })),
  )
  expect(opened).toEqual(bindings.map((b) => b.owner))
})
