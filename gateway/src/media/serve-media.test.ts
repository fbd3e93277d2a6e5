import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mediaKey, signMediaUrl } from '@accord/kit/media-url'
import { testActor } from '@accord/stack/harness'
import { Objm } from '@nats-io/obj'
import { mediaSigningKey, startTestGateway, type TestGateway } from '../fixture/gateway.sample.ts'

const key = mediaKey(mediaSigningKey)
const image = new Uint8Array(300_000).fill(1)
image.set(new TextEncoder().encode('RIFF____WEBPVP8 '))
/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let gateway: TestGateway
let headers: Record<string, string>

beforeAll(async () => {
  gateway = await startTestGateway()
  headers = await gateway.signedIn(testActor())
  const media = await new Objm(await gateway.nats.connect('identity')).open('media')
  await media.putBlob({ name: 'photo-1.webp' }, image)
  await media.putBlob({ name: 'page.html' }, new TextEncoder().encode('<script>alert(1)</script>'))
}, serversStartMs)
afterAll(() => gateway.stop(), serversStartMs)

const urlOf = (name: string, now = new Date()) => signMediaUrl({ key, name, now })
const get = (path: string, more: Record<string, string> = {}) =>
  gateway.fetch(path, { headers: { ...headers, ...more } })

describe('a picture', () => {
  test('is for a signed-in member with its signed address', async () => {
    const response = await get(urlOf('photo-1.webp'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/webp')
    expect(response.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/)
    // A browser's copy must outlive the token, which is another every few minutes.
    expect(response.headers.get('vary')).toBeNull()
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await response.bytes()).toEqual(image)
  })

  test('is refused to nobody, and to a member whose session has ended', async () => {
    expect((await gateway.fetch(urlOf('photo-1.webp'))).status).toBe(401)
    const actor = testActor()
    const ended = await gateway.signedIn(actor)
    await gateway.revoke(`session.${actor.sessionId}`, Math.floor(Date.now() / 1000) + 1)
    expect((await gateway.fetch(urlOf('photo-1.webp'), { headers: ended })).status).toBe(401)
  })

  test('is refused for a changed, expired or missing signature', async () => {
    const url = urlOf('photo-1.webp')
    for (const wrong of [
      url.replace('photo-1', 'photo-2'),
      url.replace(/e=\d+/, 'e=99999999999'),
      url.replace(/s=.*/, 's='),
      urlOf('photo-1.webp', new Date('2020-01-01')),
      '/media/photo-1.webp',
      '/media/..%2Fphoto-1.webp',
      '/media/%E0%A4%A',
    ])
      expect((await get(wrong)).status, wrong).toBe(403)
  })

  test('that is not there is 404', async () => {
    expect((await get(urlOf('gone.webp'))).status).toBe(404)
  })

  test('is sent in part when a range is asked for', async () => {
    const part = await get(urlOf('photo-1.webp'), { range: 'bytes=8-11' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 8-11/300000'])
    expect(await part.text()).toBe('WEBP')
    const end = await get(urlOf('photo-1.webp'), { range: 'bytes=-5' })
    expect([end.status, (await end.bytes()).length]).toEqual([206, 5])
    // RFC 9110, 14.2: of the methods, GET alone knows ranges.
    const head = await gateway.fetch(urlOf('photo-1.webp'), {
      method: 'HEAD',
      headers: { ...headers, range: 'bytes=8-11' },
    })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '300000'])
    const behind = await get(urlOf('photo-1.webp'), { range: 'bytes=300000-' })
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, 'bytes */300000'])
  })

  test('is not sent again to who has it, and whole when what they have is another', async () => {
    const etag = (await get(urlOf('photo-1.webp'))).headers.get('etag') ?? ''
    const again = await get(urlOf('photo-1.webp'), { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const changed = await get(urlOf('photo-1.webp'), { range: 'bytes=0-3', 'if-range': '"other"' })
    expect(changed.status).toBe(200)
    const same = await get(urlOf('photo-1.webp'), { range: 'bytes=0-3', 'if-range': etag })
    expect(same.status).toBe(206)
  })

  test('that is none is never shown as a page', async () => {
    const response = await get(urlOf('page.html'))
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toBe('attachment')
  })

  test('that was read before is still shown while NATS is away; another is 503', async () => {
    expect((await get(urlOf('photo-1.webp'))).status).toBe(200)
    await gateway.nats.kill()
    expect((await get(urlOf('photo-1.webp'))).status).toBe(200)
    expect((await get(urlOf('photo-2.webp'))).status).toBe(503)
    await gateway.nats.restart()
  }, 30_000)
})
