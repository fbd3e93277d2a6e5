import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { type Members, startMembers } from '../fixture/members.sample.ts'

let identity: Members
let ada: MemberId
beforeAll(async () => {
  identity = await startMembers()
  ada = await identity.member()
})
afterAll(() => identity.stop())

const find = (query: string, who: MemberId | null = ada) => identity.ask(who, 'GET', `/places?${query}`)

test('a search answers id, name, country and region, and no coordinates', async () => {
  const { status, body } = await find('q=munchen')
  expect(status).toBe(200)
  expect(body.data[0]).toEqual({ id: '2867714', name: 'Munich', country: 'DE', region: 'Bavaria' })
  expect((await find(`q=${encodeURIComponent('zürich')}`)).body.data[0].name).toBe('Zürich')
})

test('a search is bounded by its limit', async () => {
  const { body } = await find('q=s&limit=3')
  expect(body.data).toHaveLength(3)
  expect(body.pagination).toEqual({ hasNextPage: false, nextCursor: null, limit: 3 })
})

test('a search for nothing, for too much, with unknown fields, or by a visitor is refused', async () => {
  for (const query of ['', 'q=', `q=${'x'.repeat(81)}`, 'q=a&limit=21', 'q=a&near=1'])
    expect((await find(query)).status).toBe(422)
  expect((await find('q=bern', null)).status).toBe(401)
})
