import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { type Members, startMembers } from '../fixture/members.sample.ts'
import type { Consents } from './read.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

const read = async (member: MemberId): Promise<Consents> =>
  (await identity.ask(member, 'GET', '/users/consents')).body
const put = (member: MemberId | null, change: object) =>
  identity.ask(member, 'PUT', '/users/consents', change)
const granted = ({ consents }: Consents) =>
  consents.filter((consent) => consent.granted).map(({ kind }) => kind)

describe('consents', () => {
  test('start with what was agreed to at registration', async () => {
    const consents = await read(await identity.member())
    expect(granted(consents)).toEqual(['terms', 'privacy', 'sensitiveData'])
    expect(consents.history).toHaveLength(3)
  })

  test('that are optional can be given and taken back, and every decision stays in the history', async () => {
    const ada = await identity.member()
    const { status, body } = await put(ada, { marketing: true })
    expect(status).toBe(200)
    expect(granted(body)).toContain('marketing')
    expect(granted((await put(ada, { marketing: false })).body)).not.toContain('marketing')
    const { history } = await read(ada)
    expect(history.filter(({ kind }) => kind === 'marketing').map((entry) => entry.granted)).toEqual([
      false,
      true,
    ])
  })

  test('that change nothing are not recorded again', async () => {
    const ada = await identity.member()
    await put(ada, { terms: true, marketing: true })
    await put(ada, { terms: true, marketing: true })
    expect((await read(ada)).history).toHaveLength(4)
  })

  test('to a newer text are a new decision', async () => {
    const ada = await identity.member()
    await identity.deps.db.primary.updateTable('consents').set({ version: '2020-01' }).execute()
    const { body } = await put(ada, { terms: true })
    expect(body.history).toHaveLength(4)
    expect(body.consents[0]).toMatchObject({
      kind: 'terms',
      granted: true,
      version: body.consents[0].currentVersion,
    })
  })

  test('that are required cannot be withdrawn, and the answer says what can be done', async () => {
    const ada = await identity.member()
    const { status, body } = await put(ada, { sensitiveData: false, marketing: true })
    expect([status, body.code]).toEqual([422, 'consent_required'])
    expect(body.detail).toContain('/api/v1/users/account')
    expect(granted(await read(ada))).not.toContain('marketing')
  })

  test('of an unknown kind, of none, or by a visitor are refused', async () => {
    const ada = await identity.member()
    expect((await put(ada, { cookies: true })).status).toBe(422)
    expect((await put(ada, {})).status).toBe(422)
    expect((await put(null, { marketing: true })).status).toBe(401)
  })
})
