import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Members, startMembers } from '../fixture/members.sample.ts'
import { readContact } from '../mail/read.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

const zurich = '2657896'
const typesOf = async (memberId: `mem_${string}`) =>
  (await identity.events(memberId)).map((event) => event.type)
const told = async (memberId: `mem_${string}`) =>
  (await identity.events(memberId)).filter((event) => event.type === 'identity.profile.changed')

describe('a profile', () => {
  test('starts with what registration said, and names what is missing', async () => {
    const ada = await identity.member()
    const { status, body } = await identity.ask(ada, 'GET', '/users/profile')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: ada,
      displayName: 'Ada',
      birthDate: '1994-05-17',
      gender: null,
      city: null,
    })
    expect(body.completeness).toEqual({ complete: false, missing: ['gender', 'city', 'photo'] })
  })

  test('keeps what a change leaves out, and clears what it sets to null', async () => {
    const ada = await identity.member()
    const change = {
      gender: 'woman',
      headline: 'Hello',
      about: 'Text',
      languages: ['en', 'de'],
      placeId: zurich,
    }
    const first = await identity.ask(ada, 'PATCH', '/users/profile', change)
    expect(first.status).toBe(200)
    expect(first.body.city).toEqual({ id: zurich, name: 'Zürich', country: 'CH' })
    const second = await identity.ask(ada, 'PATCH', '/users/profile', { headline: null, languages: null })
    expect(second.body).toMatchObject({ gender: 'woman', headline: null, about: 'Text', languages: [] })
    expect((await identity.ask(ada, 'GET', '/users/profile')).body).toEqual(second.body)
  })

  test('says in which language its member is written to, and a change counts for the next mail', async () => {
    const ada = await identity.member()
    expect((await identity.ask(ada, 'GET', '/users/profile')).body.locale).toBe('en')
    const { status, body } = await identity.ask(ada, 'PATCH', '/users/profile', { locale: 'ar' })
    expect([status, body.locale, body.displayName]).toEqual([200, 'ar', 'Ada'])
    expect(await readContact(identity.deps, ada)).toMatchObject({ locale: 'ar' })
    await identity.ask(ada, 'PATCH', '/users/profile', { headline: 'Hello' })
    expect((await identity.ask(ada, 'GET', '/users/profile')).body.locale).toBe('ar')
  })

  test('stores text composed and trimmed, and nothing where only spaces were', async () => {
    const ada = await identity.member()
    const change = { headline: '  cafe\u0301  ', about: ' \r\n ', displayName: ' Zoe\u0308 ' }
    const { body } = await identity.ask(ada, 'PATCH', '/users/profile', change)
    expect(body).toMatchObject({ headline: 'café', about: null, displayName: 'Zoë' })
  })

  test('answers prompts out of the offered questions', async () => {
    const ada = await identity.member()
    const prompts = [{ question: 'I feel spoiled when', answer: ' somebody cooks ' }]
    const { status, body } = await identity.ask(ada, 'PATCH', '/users/profile', { prompts })
    expect(status).toBe(200)
    expect(body.prompts).toEqual([{ question: 'I feel spoiled when', answer: 'somebody cooks' }])
  })

  test('shows no coordinates anywhere, and stores none in the clear', async () => {
    const ada = await identity.member()
    const { body } = await identity.ask(ada, 'PATCH', '/users/profile', { placeId: zurich })
    expect(JSON.stringify(body)).not.toMatch(/47\.3|8\.5/)
    const row = await identity.deps.db.primary.selectFrom('profiles').selectAll().execute()
    for (const { place_sealed } of row) expect(place_sealed?.includes('latitude') ?? false).toBe(false)
  })
})

describe('a change is refused', () => {
  const refusals: [string, object, string, string?][] = [
    ['with a control character', { headline: 'a\u0007b' }, 'validation_failed', '/headline'],
    ['with a sign that turns the writing around', { headline: 'a\u202eb' }, 'validation_failed', '/headline'],
    ['with a line break in a line', { displayName: 'A\nB' }, 'validation_failed', '/displayName'],
    ['with a language that Accord does not speak', { locale: 'fr' }, 'validation_failed', '/locale'],
    ['with a name of spaces', { displayName: '   ' }, 'validation_failed', '/displayName'],
    ['with a name that cannot be seen', { displayName: '\u200b\u3164' }, 'validation_failed', '/displayName'],
    ['with text that is too long', { about: 'x'.repeat(2001) }, 'validation_failed', '/about'],
    [
      'with text that is too long once it is composed',
      { about: '\u0958'.repeat(1001) },
      'validation_failed',
      '/about',
    ],
    [
      'with an answer that is too long once it is composed',
      { prompts: [{ question: 'I feel spoiled when', answer: '\u0958'.repeat(251) }] },
      'validation_failed',
      '/prompts/0/answer',
    ],
    ['with a language that does not exist', { languages: ['xx'] }, 'validation_failed', '/languages/0'],
    ['with the same language twice', { languages: ['en', 'en'] }, 'validation_failed', '/languages'],
    ['with a question of its own', { prompts: [{ question: 'Why?', answer: 'x' }] }, 'validation_failed'],
    ['with a place that is not known', { placeId: '1' }, 'place_unknown'],
    ['with a field that does not exist', { verified: true }, 'validation_failed'],
    ['with nothing in it', {}, 'validation_failed'],
  ]
  for (const [title, change, code, path] of refusals) {
    test(title, async () => {
      const ada = await identity.member()
      const { status, body } = await identity.ask(ada, 'PATCH', '/users/profile', change)
      expect(body).toMatchObject({ status: 422, code })
      expect(status).toBe(422)
      if (path) expect(body.fields[0].path).toBe(path)
    })
  }

  test('without a sign-in', async () => {
    expect((await identity.ask(null, 'PATCH', '/users/profile', { headline: 'x' })).status).toBe(401)
    expect((await identity.ask(null, 'GET', '/users/profile')).status).toBe(401)
  })

  test('with a question asked twice', async () => {
    const ada = await identity.member()
    const prompt = { question: 'I feel spoiled when', answer: 'x' }
    const { body } = await identity.ask(ada, 'PATCH', '/users/profile', { prompts: [prompt, prompt] })
    expect(body.fields[0].path).toBe('/prompts/1/question')
  })
})

describe('the other services', () => {
  test('hear nothing of somebody who has not confirmed the address', async () => {
    const ada = await identity.member({ confirmed: false })
    await identity.ask(ada, 'PATCH', '/users/profile', { gender: 'woman' })
    expect(await typesOf(ada)).toEqual(['identity.member.registered'])
  })

  test('hear the facts at confirmation, with what was filled in before', async () => {
    const ada = await identity.member()
    expect(await typesOf(ada)).toEqual([
      'identity.member.registered',
      'identity.member.confirmed',
      'identity.profile.changed',
    ])
  })

  test('hear of a change of facts, and not of one of texts', async () => {
    const ada = await identity.member()
    await identity.ask(ada, 'PATCH', '/users/profile', { gender: 'woman', placeId: zurich })
    const [, second] = await told(ada)
    expect(second?.data).toEqual({
      role: 'companion',
      gender: 'woman',
      birthMonth: '1994-05',
      cell: expect.stringMatching(/^86[0-9a-f]{13}$/),
      languages: [],
      hasPhoto: false,
      visible: false,
    })
    await identity.ask(ada, 'PATCH', '/users/profile', { headline: 'New', gender: 'woman', placeId: zurich })
    expect(await told(ada)).toHaveLength(2)
  })

  test('hear once of changes that come at the same moment', async () => {
    const ada = await identity.member()
    const change = () => identity.ask(ada, 'PATCH', '/users/profile', { gender: 'nonbinary' })
    const answers = await Promise.all([change(), change(), change()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await told(ada)).toHaveLength(2)
  })
})
