import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { memberDeleted } from '@accord/contracts/event/identity'
import { newId } from '@accord/contracts/id'
import { seeksOf, startMatch, type TestMatch } from '../fixture/match.sample.ts'

let match: TestMatch
beforeAll(async () => {
  match = await startMatch()
})
afterAll(() => match.stop())

describe('preferences', () => {
  test('are there once they are set, and replaced as a whole', async () => {
    const ada = newId('mem')
    expect((await match.ask(ada, 'GET', '/preferences')).status).toBe(404)
    for (const seeks of [
      seeksOf(),
      seeksOf({ genders: ['man'], ageMin: 30, ageMax: 30, distanceKm: 20_000 }),
    ]) {
      expect((await match.ask(ada, 'PUT', '/preferences', seeks)).body).toEqual(seeks)
      expect((await match.ask(ada, 'GET', '/preferences')).body).toEqual(seeks)
    }
  })

  test('that were set are told to the member’s other apps, whose deck is another one', async () => {
    const [ada = 'mem_'] = await match.all({})
    const live = match.live(ada)
    await live.ready()
    await match.ask(ada, 'PUT', '/preferences', seeksOf({ genders: ['man'] }))
    expect(await live.first(1)).toEqual([{ type: 'deck.changed' }])
  })

  test('can be set by nobody who has left', async () => {
    const ada = newId('mem')
    await match.publish(memberDeleted, ada, {})
    await match.caughtUp()
    const { status, body } = await match.ask(ada, 'PUT', '/preferences', seeksOf())
    expect([status, body.code]).toEqual([403, 'account_closed'])
  })

  test('are read and set by a signed-in member alone', async () => {
    expect((await match.ask(null, 'GET', '/preferences')).status).toBe(401)
    expect((await match.ask(null, 'PUT', '/preferences', seeksOf())).status).toBe(401)
  })
})

describe('preferences are refused', () => {
  const refusals: [string, object, string][] = [
    ['for minors', { ageMin: 17 }, '/ageMin'],
    ['with ages the wrong way round', { ageMin: 40, ageMax: 30 }, '/ageMax'],
    ['that seek nobody', { genders: [] }, '/genders'],
    ['that name a gender twice', { genders: ['man', 'man'] }, '/genders'],
    ['with an unknown role', { roles: ['butler'] }, '/roles/0'],
    ['with no distance at all', { distanceKm: 0 }, '/distanceKm'],
    ['with a distance around the Earth', { distanceKm: 20_001 }, '/distanceKm'],
    ['with an unknown field', { heightCm: 180 }, '/heightCm'],
  ]
  for (const [title, change, path] of refusals) {
    test(title, async () => {
      const { status, body } = await match.ask(newId('mem'), 'PUT', '/preferences', {
        ...seeksOf(),
        ...change,
      })
      expect([status, body.code]).toEqual([422, 'validation_failed'])
      expect(body.fields[0].path).toBe(path)
    })
  }
})
