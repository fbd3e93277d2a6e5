import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { fromUuid } from '@accord/contracts/id'
import { objectBuckets } from '@accord/contracts/stream'
import { systemClock } from '@accord/kit/clock'
import { createEnvelope } from '@accord/kit/crypto/envelope'
import { openDatabases } from '@accord/kit/db/database'
import { createLogger } from '@accord/kit/log'
import { createTestDatabase, startTestNats, testKeyring } from '@accord/stack/harness'
import { isAdult } from '@accord/svc-identity/account/age'
import type { Database as IdentityDatabase } from '@accord/svc-identity/db'
import { createMediaStore } from '@accord/svc-identity/photo/media-store'
import { parseProfileChange } from '@accord/svc-identity/profile/parse-change'
import { ProfileChange } from '@accord/svc-identity/profile/schema'
import type { Database as MatchDatabase } from '@accord/svc-match/db'
import { parsePreferences } from '@accord/svc-match/preference/parse'
import { Preferences } from '@accord/svc-match/preference/schema'
import { jetstream } from '@nats-io/jetstream'
import { Objm } from '@nats-io/obj'
import { Value } from '@sinclair/typebox/value'
import type { SeedDeps } from './add-people.ts'
import { demoSignIns, personOf } from './person.ts'
import { portraitPool } from './portrait-pool.ts'
import { portraitCount, seedMembers } from './seed.ts'

describe('a demo person', () => {
  const people = Array.from({ length: 500 }, (_, offset) => personOf(offset + 1, portraitCount))

  test('is the same on every machine', () => {
    const sample = JSON.stringify([1, 42, 5000].map((index) => personOf(index, portraitCount)))
    expect(new Bun.CryptoHasher('sha256').update(sample).digest('hex')).toMatchInlineSnapshot(
      `"4d76aa839a2e9c8b0e4d5365a56a3038966dbb90a74058dded67393c8222e7b5"`,
    )
  })

  test('is an adult whose profile and preferences the API would take', () => {
    for (const { birthDate, profile, preferences } of people) {
      expect(isAdult(birthDate, new Date('2026-01-01'))).toBe(true)
      expect([...Value.Errors(ProfileChange, profile)]).toEqual([])
      expect(parseProfileChange(profile)).toEqual(profile)
      expect([...Value.Errors(Preferences, preferences)]).toEqual([])
      expect(parsePreferences(preferences)).toEqual(preferences)
    }
  })

  test('can be signed in with and meets the other demo sign-ins in one city', () => {
    const signIns = people.slice(0, demoSignIns)
    expect(new Set(signIns.map(({ profile }) => profile.placeId)).size).toBe(1)
    expect(new Set(signIns.map(({ role }) => role)).size).toBe(2)
    expect(signIns.map(({ email }) => email)).toEqual(
      [1, 2, 3, 4].map((index) => `demo${index}@accord.example`),
    )
  })

  test('is of either role, and of each gender, about as often', () => {
    const share = (holds: (person: (typeof people)[number]) => boolean) =>
      people.filter(holds).length / people.length
    expect(share(({ role }) => role === 'benefactor')).toBe(0.5)
    for (const gender of ['woman', 'man']) {
      expect(share(({ profile }) => profile.gender === gender)).toBeWithin(0.4, 0.56)
    }
  })
})

describe('seeding', () => {
  let deps: SeedDeps
  let end: () => Promise<void>
  let mediaCount: () => Promise<number>

  beforeAll(async () => {
    const folder = (service: string) => import.meta.resolve(`../../../svc-${service}/migrations`)
    const [nats, identityDb, matchDb] = await Promise.all([
      startTestNats(),
      createTestDatabase('identity', folder('identity')),
      createTestDatabase('match', folder('match')),
    ])
    const log = createLogger({ service: 'seed', level: 'error' })
    const identity = openDatabases<IdentityDatabase>({ url: identityDb.url, name: 'seed', log })
    const match = openDatabases<MatchDatabase>({ url: matchDb.url, name: 'seed', log })
    const ring = testKeyring()
    const media = createMediaStore(await nats.connect('identity'))
    let pool: ReturnType<typeof portraitPool> | null = null
    deps = {
      identity: identity.primary,
      match: match.primary,
      envelope: createEnvelope(ring.keyring),
      keyring: ring.keyring,
      clock: systemClock,
      passwordHash: async () => '$argon2id$not-looked-at',
      portraits: () => {
        pool ??= portraitPool(media)
        return pool
      },
    }
    mediaCount = async () => {
      const connection = await nats.connect('identity')
      const bucket = await new Objm(jetstream(connection, { checkAPI: false })).open(
        objectBuckets.media.name,
        false,
      )
      return (await bucket.list()).length
    }
    end = async () => {
      await Promise.all([identity.close(), match.close()])
      ring.remove()
      await Promise.all([nats.stop(), identityDb.drop(), matchDb.drop()])
    }
  })
  afterAll(() => end())

  const counts = async () => {
    const [claims, photos] = await Promise.all([
      deps.identity.selectFrom('email_claims').select('member_id').execute(),
      deps.identity.selectFrom('photos').select('id').execute(),
    ])
    const [preferences, likes] = await Promise.all([
      deps.match.selectFrom('preferences').selectAll().orderBy('member_id').execute(),
      deps.match.selectFrom('decisions').selectAll().orderBy('member_id').orderBy('other_id').execute(),
    ])
    return { claims: claims.length, photos: photos.length, preferences, likes }
  }

  test('makes visible members with shared portraits, what they seek, and likes for the demo sign-ins', async () => {
    expect(await seedMembers(deps, 90)).toEqual({ members: 90, added: 90 })
    const { claims, preferences, likes } = await counts()
    expect([claims, preferences.length]).toEqual([90, 90])
    const visible = await deps.identity
      .selectFrom('profiles')
      .where('visible', '=', true)
      .selectAll()
      .execute()
    expect(visible).toHaveLength(90)
    expect(likes.length).toBeGreaterThan(0)
    // Two widths and two formats of each.
    expect(await mediaCount()).toBe(portraitCount * 4)
    const told = await deps.identity.selectFrom('outbox').select('aggregate').execute()
    expect(new Set(told.map(({ aggregate }) => aggregate))).toEqual(
      new Set(preferences.map(({ member_id }) => fromUuid('mem', member_id))),
    )
  })

  test('does nothing a second time', async () => {
    const before = await counts()
    expect(await seedMembers(deps, 90)).toEqual({ members: 90, added: 0 })
    expect(await counts()).toEqual(before)
  })

  test('adds what is missing after a run that was cut off, and more members', async () => {
    const before = await counts()
    await deps.match.deleteFrom('preferences').execute()
    expect(await seedMembers(deps, 100)).toEqual({ members: 100, added: 10 })
    const after = await counts()
    expect(after.preferences).toHaveLength(100)
    expect(after.claims).toBe(before.claims + 10)
  })
})
