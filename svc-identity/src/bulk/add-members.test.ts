import { afterAll, beforeAll, expect, test } from 'bun:test'
import { toUuid } from '@accord/contracts/id'
import { type Members, startMembers } from '../fixture/members.sample.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

/** Everything in the database about a member, without ids, times and what is sealed. */
async function traces(memberId: `mem_${string}`) {
  const db = identity.deps.db.primary
  const id = toUuid(memberId)
  const [account] = await db.selectFrom('accounts').where('id', '=', id).selectAll().execute()
  const [profile] = await db.selectFrom('profiles').where('member_id', '=', id).selectAll().execute()
  const consents = await db.selectFrom('consents').where('member_id', '=', id).selectAll().execute()
  const claims = await db.selectFrom('email_claims').where('member_id', '=', id).selectAll().execute()
  const { body } = await identity.ask(memberId, 'GET', '/users/profile')
  return {
    account: account && [account.status, account.role, account.birth_month, account.email_confirmed_at],
    profile: profile && [profile.facts, profile.visible, profile.cell, profile.languages],
    consents: consents.map(({ kind, granted, version }) => [kind, granted, version]),
    claims: claims.map(({ digest_version }) => digest_version),
    shown: { ...body, id: null, photos: null },
  }
}

test('a member added in bulk is the same as one who registered, confirmed and filled in the profile', async () => {
  const byHand = await identity.member()
  await identity.ask(byHand, 'PATCH', '/users/profile', { gender: 'woman', placeId: '2657896' })
  const photo = await identity.deps.db.primary
    .selectFrom('photos')
    .selectAll()
    .where('member_id', '=', toUuid(await identity.visibleMember()))
    .executeTakeFirstOrThrow()
  await identity.deps.db.primary
    .insertInto('photos')
    .values({ ...photo, variants: JSON.stringify(photo.variants), member_id: toUuid(byHand) })
    .execute()
  await identity.ask(byHand, 'PATCH', '/users/profile', { languages: ['en'] })
  await identity.ask(byHand, 'PATCH', '/users/profile', { languages: [] })
  expect(await traces(await identity.visibleMember())).toEqual(await traces(byHand))
})

test('the others hear of a member added in bulk once, and nobody is sent a welcome', async () => {
  const ada = await identity.visibleMember()
  expect((await identity.events(ada)).map(({ type }) => type)).toEqual(['identity.profile.changed'])
})
