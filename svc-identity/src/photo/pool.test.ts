import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { addMembers } from '../bulk/add-members.ts'
import { type Members, startMembers } from '../fixture/members.sample.ts'
import { picture } from '../fixture/picture.sample.ts'
import { createMediaStore } from './media-store.ts'
import { preparePhoto } from './pool.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

test('a prepared photo stays with the others when one of its profiles removes it or goes', async () => {
  const { deps } = identity
  const photo = await preparePhoto(createMediaStore(deps.nats), await picture(300, 400).png().toBuffer())
  const people = ['ada', 'bea', 'cleo'].map((name) => ({
    email: `${name}@example.org`,
    passwordHash: 'none',
    role: 'companion' as const,
    birthDate: '1994-05-17',
    displayName: name,
    profile: {},
    photos: [photo],
  }))
  const added = await deps.db.primary.transaction().execute((trx) => addMembers(trx, deps, people))
  const [ada, bea, cleo] = added as [MemberId, MemberId, MemberId]
  const photosOf = async (member: MemberId) =>
    (await identity.ask(member, 'GET', '/users/profile')).body.photos
  const [own] = await photosOf(ada)
  expect((await identity.ask(ada, 'DELETE', `/users/profile/photos/${own.id}`)).status).toBe(204)
  expect((await identity.ask(bea, 'DELETE', '/users/account')).status).toBe(204)
  const [left] = await photosOf(cleo)
  for (const { url } of left.variants) expect(await identity.media(url)).not.toBeNull()
})

test('a picture that an upload would be refused for is not prepared', async () => {
  const media = createMediaStore(identity.deps.nats)
  expect(preparePhoto(media, Buffer.from('no picture'))).rejects.toThrow('cannot be used')
})
