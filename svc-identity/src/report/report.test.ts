import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { newId } from '@accord/contracts/id'
import { type Members, startMembers } from '../fixture/members.sample.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

const report = (by: MemberId | null, whom: string, body: object) =>
  identity.ask(by, 'POST', `/users/${whom}/report`, body)
const reportEvents = async (member: MemberId) =>
  (await identity.events(member)).filter(({ type }) => type === 'identity.member.reported')

describe('a report', () => {
  test('is stored with its reason and told without its text and its author', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    const { status, body } = await report(ada, bob, { reason: 'scam', text: 'He asked for money.' })
    expect(status).toBe(201)
    expect(await reportEvents(bob)).toMatchObject([
      { actor: null, data: { reportId: body.id, reason: 'scam' } },
    ])
    const rows = await identity.deps.db.primary.selectFrom('reports').selectAll().execute()
    expect(rows.find((row) => row.text_sealed?.includes('money'))).toBeUndefined()
  })

  test('for the same reason on the same day is one report, also twice at once', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    const again = () => report(ada, bob, { reason: 'fake' })
    const [first, second] = await Promise.all([again(), again()])
    const third = await again()
    expect(first.body.id).toBe(second.body.id)
    expect(third.body.id).toBe(first.body.id)
    expect(await reportEvents(bob)).toHaveLength(1)
    expect((await report(ada, bob, { reason: 'harassment' })).body.id).not.toBe(first.body.id)
  })

  test('on the next day is a new one', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    const first = await report(ada, bob, { reason: 'fake' })
    identity.clock.advance(24 * 60 * 60_000)
    expect((await report(ada, bob, { reason: 'fake' })).body.id).not.toBe(first.body.id)
  })

  test('blocks as well when that is asked for', async () => {
    const [ada, bob] = [await identity.member(), await identity.visibleMember()]
    await report(ada, bob, { reason: 'other', alsoBlock: true })
    expect((await identity.ask(ada, 'GET', `/users/${bob}`)).status).toBe(404)
    expect((await identity.ask(ada, 'GET', '/users/blocks')).body.data).toHaveLength(1)
  })

  test('of each other with a block at the same moment does not lock up', async () => {
    for (let round = 0; round < 5; round++) {
      const [ada, bob] = [await identity.member(), await identity.member()]
      const both = { reason: 'other', alsoBlock: true }
      const answers = await Promise.all([report(ada, bob, both), report(bob, ada, both)])
      expect(answers.map(({ status }) => status)).toEqual([201, 201])
    }
  })

  test('of oneself, of nobody, with another reason, with too much text or by a visitor is refused', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    const codeOf = async (answer: ReturnType<typeof report>) => (await answer).body.code
    expect(await codeOf(report(ada, ada, { reason: 'scam' }))).toBe('forbidden')
    expect(await codeOf(report(ada, newId('mem'), { reason: 'scam' }))).toBe('not_found')
    expect(await codeOf(report(ada, bob, { reason: 'boring' }))).toBe('validation_failed')
    expect(await codeOf(report(ada, bob, { reason: 'scam', text: 'x'.repeat(2001) }))).toBe(
      'validation_failed',
    )
    expect(await codeOf(report(null, bob, { reason: 'scam' }))).toBe('unauthenticated')
  })
})
