import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { newId } from '@accord/contracts/id'
import { uploadReferenceType } from '@accord/contracts/operation'
import { verifyMediaUrl } from '@accord/kit/media-url'
import sharp from 'sharp'
import { type Members, startMembers } from '../fixture/members.sample.ts'
import { picture } from '../fixture/picture.sample.ts'
import { sweepMedia } from './leftover.ts'
import { createMediaStore, newMediaName } from './media-store.ts'
import { maxPhotos } from './upload.ts'

let identity: Members
let small: Uint8Array
beforeAll(async () => {
  identity = await startMembers()
  small = await picture(300, 300).jpeg().toBuffer()
})
afterAll(() => identity.stop())

const photosOf = async (memberId: MemberId) =>
  (await identity.ask(memberId, 'GET', '/users/profile')).body.photos
const leftovers = () => identity.deps.db.primary.selectFrom('media_leftovers').selectAll().execute()
const hasPhoto = async (memberId: MemberId) =>
  (await identity.events(memberId))
    .filter((event) => event.type === 'identity.profile.changed')
    .map((event) => (event.data as { hasPhoto: boolean }).hasPhoto)

describe('an upload', () => {
  test('becomes a photo of the profile, with addresses that are signed and lead to pictures', async () => {
    const ada = await identity.member()
    const { status, body } = await identity.upload(ada, small)
    expect(status).toBe(201)
    expect(await photosOf(ada)).toEqual([body])
    for (const { url, type, width } of body.variants) {
      const { pathname, searchParams } = new URL(url, 'http://localhost')
      const signed = {
        key: Buffer.alloc(32, 7),
        name: pathname.slice('/media/'.length),
        expires: searchParams.get('e') ?? '',
        signature: searchParams.get('s') ?? '',
        now: identity.clock(),
      }
      expect(verifyMediaUrl(signed)).toBe(true)
      const bytes = await identity.media(url)
      const found = await sharp(bytes ?? undefined).metadata()
      expect([found.width, found.format]).toEqual([width, type === 'image/avif' ? 'heif' : 'webp'])
    }
    expect(await leftovers()).toEqual([])
  })

  test('is told to the others as a fact, once', async () => {
    const ada = await identity.member()
    await identity.upload(ada, small)
    await identity.upload(ada, small)
    expect(await hasPhoto(ada)).toEqual([false, true])
  })

  test('is removed from the bucket, accepted or refused', async () => {
    const ada = await identity.member()
    await identity.upload(ada, small)
    await identity.upload(ada, Buffer.from('no picture'))
    const uploads = await identity.uploadsLeft()
    expect(uploads).toBe(0)
  })

  test('that is a renamed text file is refused', async () => {
    const ada = await identity.member()
    const { status, body } = await identity.upload(ada, Buffer.from('This is a text.'.repeat(50)))
    expect([status, body.code]).toEqual([422, 'photo_invalid'])
    expect(await photosOf(ada)).toEqual([])
    expect(await leftovers()).toEqual([])
  })

  test('that is not what the reference says is refused', async () => {
    const ada = await identity.member()
    const reference = { object: newId('upl'), size: 10, type: 'image/png', digest: 'SHA-256=none' }
    const { body } = await identity.ask(ada, 'POST', '/users/profile/photos', reference, {
      contentType: uploadReferenceType,
    })
    expect(body.code).toBe('photo_invalid')
  })

  test('sent again with its idempotency key gives the same photo', async () => {
    const ada = await identity.member()
    const key = { 'idempotency-key': 'a-key-of-mine' }
    const first = await identity.upload(ada, small, key)
    const second = await identity.upload(ada, small, key)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
    expect(await photosOf(ada)).toHaveLength(1)
    expect(await leftovers()).toEqual([])
    const other = await identity.upload(ada, await picture(310, 300).jpeg().toBuffer(), key)
    expect(other.body.code).toBe('idempotency_key_reused')
  })

  test('past the last place is refused, also when many come at once', async () => {
    const ada = await identity.member()
    for (let count = 2; count < maxPhotos; count++) await identity.upload(ada, small)
    const answers = await Promise.all([1, 2, 3, 4].map(() => identity.upload(ada, small)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('photo_limit_reached')
    expect(await photosOf(ada)).toHaveLength(maxPhotos)
    expect(await leftovers()).toEqual([])
  }, 60_000)

  test('without a sign-in is refused', async () => {
    const { status } = await identity.ask(
      null,
      'POST',
      '/users/profile/photos',
      {},
      {
        contentType: uploadReferenceType,
      },
    )
    expect(status).toBe(401)
  })
})

describe('removing a photo', () => {
  test('removes its objects, and the last one hides the member', async () => {
    const ada = await identity.member()
    const { body: photo } = await identity.upload(ada, small)
    expect((await identity.ask(ada, 'DELETE', `/users/profile/photos/${photo.id}`)).status).toBe(204)
    expect(await photosOf(ada)).toEqual([])
    for (const { url } of photo.variants) expect(await identity.media(url)).toBeNull()
    expect(await hasPhoto(ada)).toEqual([false, true, false])
  })

  test('of somebody else finds nothing', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    const { body: photo } = await identity.upload(ada, small)
    const { status, body } = await identity.ask(bob, 'DELETE', `/users/profile/photos/${photo.id}`)
    expect([status, body.code]).toEqual([404, 'not_found'])
    expect(await photosOf(ada)).toHaveLength(1)
  })
})

describe('the order of photos', () => {
  test('is the one that was set, and new photos come last', async () => {
    const ada = await identity.member()
    const [first, second] = [
      (await identity.upload(ada, small)).body,
      (await identity.upload(ada, small)).body,
    ]
    const order = { photoIds: [second.id, first.id] }
    expect((await identity.ask(ada, 'PUT', '/users/profile/photos/order', order)).status).toBe(204)
    const third = (await identity.upload(ada, small)).body
    const ids = (await photosOf(ada)).map((photo: { id: string }) => photo.id)
    expect(ids).toEqual([second.id, first.id, third.id])
  })

  test('must name exactly the own photos', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    const mine = (await identity.upload(ada, small)).body.id
    const theirs = (await identity.upload(bob, small)).body.id
    for (const photoIds of [[], [mine, mine], [theirs], [mine, theirs]]) {
      const { status, body } = await identity.ask(ada, 'PUT', '/users/profile/photos/order', { photoIds })
      expect([status, body.code]).toEqual([409, 'conflict'])
    }
  })
})

test('objects of an upload that died on its way are swept once they are due', async () => {
  const { db } = identity.deps
  const media = createMediaStore(identity.deps.nats)
  const name = newMediaName('image/webp')
  await media.putMedia(name, small)
  const due_at = new Date(identity.clock().getTime() + 60 * 60_000)
  await db.primary.insertInto('media_leftovers').values({ name, due_at }).execute()
  const sweep = () => sweepMedia({ ...identity.deps, media })
  expect(await sweep()).toBe(0)
  identity.clock.advance(60 * 60_000)
  expect(await sweep()).toBe(1)
  expect(await identity.media(`/media/${name}`)).toBeNull()
  expect(await leftovers()).toEqual([])
})
