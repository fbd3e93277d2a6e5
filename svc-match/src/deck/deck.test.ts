import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { memberBlocked, profileChanged } from '@accord/contracts/event/identity'
import { factsOf, geneva, startMatch, sydney, type TestMatch, zurich } from '../fixture/match.sample.ts'

let match: TestMatch
beforeAll(async () => {
  match = await startMatch()
})
afterAll(() => match.stop())

/** Members of one test do not meet those of another: each test has a country of its own sort of people. */
const alone = (index: number) => ({ ageMin: 20 + index, ageMax: 20 + index })
const bornFor = (index: number) => `${2026 - 20 - index}-06`

describe('before the first deck', () => {
  test('a complete profile is needed, then preferences', async () => {
    const [hidden = 'mem_', wishless = 'mem_'] = await match.all({ visible: false }, { seeks: null })
    expect((await match.ask('mem_01k9zv8h5ae6wt3q4x7n2m0c1d', 'GET', '/deck')).body.code).toBe(
      'profile_incomplete',
    )
    expect((await match.ask(hidden, 'GET', '/deck')).body.code).toBe('profile_incomplete')
    expect((await match.ask(wishless, 'GET', '/deck')).body.code).toBe('preferences_missing')
  })
})

describe('the deck shows', () => {
  test('only those who seek what the viewer is, and are what the viewer seeks', async () => {
    const seeks = { genders: ['man' as const], roles: ['benefactor' as const], distanceKm: 50, ...alone(1) }
    const hers = { birthMonth: bornFor(1), seeks }
    const his = {
      role: 'benefactor' as const,
      gender: 'man' as const,
      birthMonth: bornFor(1),
      seeks: alone(1),
    }
    const [ada = 'mem_', wanted = 'mem_'] = await match.all(
      hers,
      his,
      { ...his, gender: 'nonbinary' },
      { ...his, role: 'companion' },
      { ...his, birthMonth: bornFor(3) },
      { ...his, cell: geneva },
      { ...his, visible: false },
      { ...his, seeks: null },
      { ...his, seeks: { ...alone(1), genders: ['man'] } },
      { ...his, seeks: { ...alone(1), roles: ['benefactor'] } },
      { ...his, seeks: alone(2) },
    )
    expect(await match.deck(ada)).toEqual([wanted])
    expect(await match.deck(wanted)).toContain(ada)
  })

  test('nobody who lives farther away than the other one wants', async () => {
    const near = { birthMonth: bornFor(4), seeks: { ...alone(4), distanceKm: 100 } }
    const far = { birthMonth: bornFor(4), cell: geneva, seeks: { ...alone(4), distanceKm: null } }
    const [ada = 'mem_', eva = 'mem_', lea = 'mem_'] = await match.all(near, far, far)
    expect(await match.deck(ada)).toEqual([])
    expect(await match.deck(eva)).toEqual([lea])
  })

  test('the nearest first, at coarse distances, each once over all pages', async () => {
    const seeks = alone(5)
    const [ada = 'mem_', ...others] = await match.all(
      { birthMonth: bornFor(5), seeks },
      ...[sydney, zurich, geneva, zurich, geneva, zurich].map((cell) => ({
        cell,
        birthMonth: bornFor(5),
        seeks,
      })),
    )
    const seen: { id: string; km: number }[] = []
    let path: string | null = '/deck?limit=2'
    while (path) {
      const { body } = await match.ask(ada, 'GET', path)
      for (const entry of body.data) seen.push({ id: entry.member.id, km: entry.distanceKm })
      path = body.pagination.nextCursor && `/deck?limit=2&cursor=${body.pagination.nextCursor}`
    }
    expect(seen.map((entry) => entry.km)).toEqual([5, 5, 5, 225, 225, 16_565])
    expect(seen.map((entry) => entry.id).sort()).toEqual([...others].sort())
    expect((await match.deck(ada)).join()).toBe(seen.map((entry) => entry.id).join())
  })

  test('people of one city in another order to each viewer', async () => {
    const twins = { birthMonth: bornFor(6), seeks: alone(6) }
    const [ada = 'mem_', eva = 'mem_', ...others] = await match.all(
      ...Array.from({ length: 12 }, () => twins),
    )
    const others_ = new Set(others)
    const [hers, theirs] = await Promise.all([match.deck(ada), match.deck(eva)])
    const shared = (deck: string[]) => deck.filter((id) => others_.has(id as never)).join()
    expect(shared(hers)).not.toBe(shared(theirs))
  })

  test('nobody about whom the viewer has decided, nor who has passed on the viewer', async () => {
    const kind = { birthMonth: bornFor(7), seeks: alone(7) }
    const [ada = 'mem_', liked = 'mem_', passed = 'mem_', passing = 'mem_', liking = 'mem_'] =
      await match.all(...Array.from({ length: 5 }, () => kind))
    await match.decide(ada, liked, 'like')
    await match.decide(ada, passed, 'pass')
    await match.decide(passing, ada, 'pass')
    await match.decide(liking, ada, 'like')
    expect(await match.deck(ada)).toEqual([liking])
  })

  test('nobody blocked, in either direction, from the moment the event has come', async () => {
    const kind = { birthMonth: bornFor(8), seeks: alone(8) }
    const [ada = 'mem_', blocking = 'mem_', blocked = 'mem_', other = 'mem_'] = await match.all(
      kind,
      kind,
      kind,
      kind,
    )
    expect(await match.deck(ada)).toHaveLength(3)
    await match.publish(memberBlocked, blocking, { blockerId: blocking, blockedId: ada })
    await match.publish(memberBlocked, ada, { blockerId: ada, blockedId: blocked })
    await match.caughtUp()
    expect(await match.deck(ada)).toEqual([other])
    expect(await match.deck(blocked)).not.toContain(ada)
  })

  test('who has just become visible, or has moved here', async () => {
    const kind = { birthMonth: bornFor(9), seeks: { ...alone(9), distanceKm: 100 } }
    const [ada = 'mem_', hidden = 'mem_', far = 'mem_'] = await match.all(
      kind,
      { ...kind, visible: false },
      { ...kind, cell: sydney },
    )
    expect(await match.deck(ada)).toEqual([])
    await match.publish(profileChanged, hidden, factsOf(kind))
    await match.publish(profileChanged, far, factsOf(kind))
    await match.caughtUp()
    expect((await match.deck(ada)).sort()).toEqual([hidden, far].sort())
  })
})

test('a full deck comes from the cache and still leaves out who was decided about', async () => {
  const kind = { birthMonth: bornFor(11), seeks: alone(11) }
  const [ada = 'mem_'] = await match.all(...Array.from({ length: 215 }, () => kind))
  const first = await match.deck(ada)
  expect(first).toHaveLength(100)
  const [nearest = 'mem_'] = first
  expect(await match.decide(ada, nearest, 'pass')).toMatchObject({ status: 200 })
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await match.ask(ada, 'GET', `/deck?limit=90${cursor}`)
    seen.push(...body.data.map((entry: { member: { id: string } }) => entry.member.id))
    if (!body.pagination.hasNextPage) break
    cursor = `&cursor=${body.pagination.nextCursor}`
  }
  expect(new Set(seen).size).toBe(213)
  expect(seen).toHaveLength(213)
  expect(seen).not.toContain(nearest)
})

describe('a deck is refused', () => {
  test('with a cursor that is none', async () => {
    const [ada = 'mem_'] = await match.all({})
    const { status, body } = await match.ask(ada, 'GET', '/deck?cursor=abc')
    expect(status).toBe(422)
    expect(body.fields[0].path).toBe('/cursor')
  })

  test('without a sign-in', async () => {
    expect((await match.ask(null, 'GET', '/deck')).status).toBe(401)
  })
})
