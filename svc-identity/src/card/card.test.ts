import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { newId } from '@accord/contracts/id'
import { type Members, startMembers } from '../fixture/members.sample.ts'
import { createPhotoPresenter } from '../photo/present.ts'
import { ageAt } from './age.ts'
import { cardAnswer } from './answer.ts'
import { createCards } from './read.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

const look = (viewer: MemberId | null, member: string) => identity.ask(viewer, 'GET', `/users/${member}`)
const cards = () => createCards(identity.deps, createPhotoPresenter(identity.deps))

describe('a card', () => {
  test('shows what others may see, and nothing of birth date, address or place', async () => {
    const [ada, eve] = [await identity.visibleMember(), await identity.member()]
    const { status, body } = await look(eve, ada)
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: ada, displayName: 'Ada', age: 32, city: 'Zürich', gender: 'woman' })
    expect(JSON.stringify(body)).not.toMatch(/1994|47\.3|example\.org/)
  })

  test('shows a change at once', async () => {
    const [ada, eve] = [await identity.visibleMember(), await identity.member()]
    await look(eve, ada)
    await identity.ask(ada, 'PATCH', '/users/profile', { headline: 'Just now' })
    expect((await look(eve, ada)).body.headline).toBe('Just now')
  })

  test('of a member who is unknown, hidden or not confirmed is not found', async () => {
    const eve = await identity.member()
    for (const member of [
      newId('mem'),
      await identity.member(),
      await identity.member({ confirmed: false }),
    ]) {
      const { status, body } = await look(eve, member)
      expect([status, body.code]).toEqual([404, 'not_found'])
    }
  })

  test('disappears as soon as its member hides', async () => {
    const [ada, eve] = [await identity.visibleMember(), await identity.member()]
    expect((await look(eve, ada)).status).toBe(200)
    await identity.ask(ada, 'PATCH', '/users/profile', { gender: null })
    expect((await look(eve, ada)).status).toBe(404)
  })

  test('with an id of another kind is refused, and without a sign-in too', async () => {
    const eve = await identity.member()
    expect((await look(eve, newId('con'))).status).toBe(422)
    expect((await look(null, eve)).status).toBe(401)
  })
})

describe('many cards', () => {
  test('come in the order they were asked for, without those that may not be seen', async () => {
    const [ada, bea, cleo] = [
      await identity.visibleMember(),
      await identity.visibleMember(),
      await identity.visibleMember(),
    ]
    const hidden = await identity.member()
    const viewer = await identity.visibleMember()
    await identity.ask(bea, 'POST', `/users/${viewer}/block`)
    const asked = [cleo, hidden, bea, newId('mem'), ada]
    expect((await cards().many(viewer, asked)).map(({ id }) => id)).toEqual([cleo, ada])
    expect((await cards().many(hidden, asked)).map(({ id }) => id)).toEqual([cleo, bea, ada])
  })

  test('are none when none are asked for', async () => {
    expect(await cards().many(await identity.member(), [])).toEqual([])
  })
})

test('the call of other services answers as the contract says', async () => {
  const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
  const answer = await cardAnswer(identity.deps).run({ viewerId: ada, memberIds: [bob, newId('mem')] })
  expect(answer).toMatchObject({ cards: [{ id: bob }] })
})

test('an age changes on the birthday, and on 1 March for those born on 29 February', () => {
  expect(ageAt('1994-05-17', new Date('2026-05-16T23:59:59Z'))).toBe(31)
  expect(ageAt('1994-05-17', new Date('2026-05-17T00:00:00Z'))).toBe(32)
  expect(ageAt('2000-02-29', new Date('2026-02-28T12:00:00Z'))).toBe(25)
  expect(ageAt('2000-02-29', new Date('2026-03-01T00:00:00Z'))).toBe(26)
})
