import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { createLogger } from '@accord/kit/log'
import { testActor } from '@accord/stack/harness'
import { type ObjectStore, Objm } from '@nats-io/obj'
import { startTestGateway, type TestGateway } from '../fixture/gateway.sample.ts'
import { type IdentitySample, identitySample, serve } from '../fixture/service.sample.ts'
import { createUpload } from './upload.ts'

const behaviour: IdentitySample = { uploads: [], accept: true }
/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let gateway: TestGateway
let identity: { stop(): Promise<void> }
let bucket: ObjectStore
let headers: Record<string, string>

beforeAll(async () => {
  gateway = await startTestGateway()
  identity = await serve(gateway, 'identity', identitySample(behaviour))
  bucket = await new Objm(await gateway.nats.connect('gateway')).open('uploads')
  headers = { 'content-type': 'image/png', ...(await gateway.signedIn(testActor())) }
}, serversStartMs)
afterAll(() => gateway.stop())
beforeEach(() => {
  behaviour.uploads.length = 0
  behaviour.accept = true
})

const send = (body: RequestInit['body'], more: Record<string, string> = {}) =>
  gateway.fetch('/api/v1/users/profile/photos', {
    method: 'POST',
    headers: { ...headers, ...more },
    ...(body === undefined ? {} : { body }),
  })
const leftovers = async () => {
  const info = await bucket.status()
  return { objects: (await bucket.list()).map((object) => object.name), bytes: info.streamInfo.state.bytes }
}

describe('an upload', () => {
  test('lies in the bucket, byte for byte, and the service learns only where', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000))
    const image = new Uint8Array(240_000).map((_, index) => bytes[index % bytes.length] ?? 0)
    expect((await send(image)).status).toBe(201)
    const [reference] = behaviour.uploads
    expect(reference).toMatchObject({ size: 240_000, type: 'image/png' })
    expect(reference?.digest).toStartWith('SHA-256=')
    expect(await bucket.getBlob(reference?.object ?? '')).toEqual(image)
    await bucket.delete(reference?.object ?? '')
  })

  test('over its limit leaves no object and does not reach the service, announced or not', async () => {
    const image = new Uint8Array(300_001)
    for (const body of [image, new Blob([image]).stream()]) {
      const response = await send(body)
      expect(await response.json()).toMatchObject({ status: 413, code: 'payload_too_large' })
    }
    expect(behaviour.uploads).toEqual([])
    expect((await leftovers()).objects).toEqual([])
  })

  test('that the service refuses or fails is removed', async () => {
    behaviour.accept = false
    expect((await send(new Uint8Array(1000))).status).toBeGreaterThanOrEqual(400)
    expect(behaviour.uploads).toHaveLength(1)
    expect((await leftovers()).objects).toEqual([])
  })

  test('of another type, empty, or by nobody is refused before anything is stored', async () => {
    expect((await send(new Uint8Array(10), { 'content-type': 'text/html' })).status).toBe(415)
    expect((await send(new Uint8Array(0))).status).toBe(400)
    const nobody = await send(new Uint8Array(10), { authorization: 'Bearer x' })
    expect(nobody.status).toBe(401)
    expect(behaviour.uploads).toEqual([])
    expect((await leftovers()).objects).toEqual([])
  })

  test('is one of eight at most that a member sends at once', async () => {
    const upload = createUpload(bucket, createLogger({ service: 'gateway', level: 'silent' }))
    const rule = { maxBytes: 1000, types: ['image/png'] }
    const requestOf = (body: string | ReadableStream) =>
      new Request('http://accord.test/', { method: 'POST', headers: { 'content-type': 'image/png' }, body })
    const accepted = async () => ({ status: 201, headers: {}, setCookies: [], body: new Uint8Array() })
    const open: ReadableStreamDefaultController[] = []
    const slow = Array.from({ length: 8 }, () => {
      const body = new ReadableStream({ start: (controller) => void open.push(controller) })
      return upload(rule, requestOf(body), 'one', accepted)
    })
    await expect(upload(rule, requestOf('x'), 'one', accepted)).rejects.toMatchObject({
      code: 'too_many_requests',
    })
    expect((await upload(rule, requestOf('x'), 'other', accepted)).status).toBe(201)

    for (const controller of open) controller.error(new Error('gone'))
    await Promise.allSettled(slow)
    expect((await upload(rule, requestOf('x'), 'one', accepted)).status).toBe(201)
    for (const { name } of await bucket.list()) await bucket.delete(name)
  })

  test('leaves nothing behind when the service is not running', async () => {
    await identity.stop()
    expect((await send(new Uint8Array(1000))).status).toBe(503)
    expect((await leftovers()).objects).toEqual([])
  })
})
