import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import type { Answer } from '../edge/answer.ts'
import { openStaticSite, type ServeSite } from './static-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'accord-site-'))
const script = 'console.log(1)'
const style = 'p { color: red }\n'.repeat(200)
let serve: ServeSite

beforeAll(async () => {
  await Promise.all([
    Bun.write(join(folder, 'index.html'), '<!doctype html><title>app</title>'),
    Bun.write(join(folder, 'sw.js'), script),
    Bun.write(join(folder, 'assets/app-D4f8Gh2k.js'), script),
    Bun.write(join(folder, 'assets/app-D4f8Gh2k.js.br'), brotliCompressSync(script)),
    Bun.write(join(folder, 'assets/photo-portrait.webp'), 'RIFF'),
    Bun.write(join(folder, 'assets/old-Zx9cV8bN.js'), script),
    Bun.write(join(folder, 'assets/old-Zx9cV8bN.js.gz'), gzipSync(script)),
    Bun.write(join(folder, 'assets/style-B2n4M6q8.css'), style),
    Bun.write(join(folder, 'assets/text-C3d5F7h9.woff2'), 'wOF2'),
    Bun.write(join(folder, 'manifest.webmanifest'), '{}'),
    Bun.write(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    Bun.write(join(folder, 'grüße an alle.txt'), 'x'),
  ])
  serve = await openStaticSite(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const ask = (path: string, headers: Record<string, string> = {}): Promise<Answer | null> =>
  serve(path, new Request(`http://accord.test${path}`, { headers }))
const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }

describe('the web app', () => {
  test('files whose names carry a hash may be kept for ever, the others are asked for again', async () => {
    expect((await ask('/assets/app-D4f8Gh2k.js'))?.headers['cache-control']).toContain('immutable')
    expect((await ask('/sw.js'))?.headers['cache-control']).toBe('no-cache')
    expect((await ask('/'))?.headers['cache-control']).toBe('no-cache')
    // A word of eight letters is no hash.
    expect((await ask('/assets/photo-portrait.webp'))?.headers['cache-control']).toBe('no-cache')
  })
  test('a packed file goes to those who take it', async () => {
    const packed = await ask('/assets/app-D4f8Gh2k.js', { 'accept-encoding': 'br' })
    expect(packed?.headers['content-encoding']).toBe('br')
    const plain = await ask('/assets/app-D4f8Gh2k.js')
    expect(plain?.headers['content-encoding']).toBeUndefined()
    expect(plain?.headers['content-type']).toStartWith('text/javascript')
    expect([packed?.headers.vary, plain?.headers.vary]).toEqual(['Accept-Encoding', 'Accept-Encoding'])
  })
  test('one that was packed in another way only goes to a browser, which takes several', async () => {
    const answer = await ask('/assets/old-Zx9cV8bN.js', { 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(answer?.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(answer?.body as Uint8Array).toString()).toBe(script)
  })
  test('text that was not packed is packed here, a font is not', async () => {
    const answer = await ask('/assets/style-B2n4M6q8.css', { 'accept-encoding': 'br' })
    expect(answer?.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(answer?.body as Uint8Array).toString()).toBe(style)
    const font = await ask('/assets/text-C3d5F7h9.woff2', { 'accept-encoding': 'br' })
    expect(font?.headers['content-encoding']).toBeUndefined()
  })
  test.each([
    ['/', 'text/html'],
    ['/assets/style-B2n4M6q8.css', 'text/css'],
    ['/assets/text-C3d5F7h9.woff2', 'font/woff2'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/icon.svg', 'image/svg+xml'],
    ['/gr%C3%BC%C3%9Fe%20an%20alle.txt', 'text/plain'],
  ])('%s is sent as %s', async (path, type) => {
    expect((await ask(path))?.headers['content-type']).toStartWith(type)
  })
  test('an address of the app gets the app, a missing file or API path does not', async () => {
    expect((await ask('/matches/today', navigation))?.headers['content-type']).toStartWith('text/html')
    expect(await ask('/assets/gone.js')).toBeNull()
    for (const path of [
      '/api',
      '/api/v1/nothing',
      '/docs/nothing',
      '/media',
      '/media/x',
      '/openapi.json',
      '/asyncapi.json',
      '/.well-known/x',
      '/assets/gone.js',
    ])
      expect(await ask(path, navigation), path).toBeNull()
  })
  test('a folder that is built anew meanwhile is served as it was, whole', async () => {
    const before = await new Response((await ask('/'))?.body).text()
    await Bun.write(join(folder, 'index.html'), '<!doctype html><title>next</title>')
    rmSync(join(folder, 'assets/app-D4f8Gh2k.js'))
    expect(await new Response((await ask('/'))?.body).text()).toBe(before)
    expect(await new Response((await ask('/assets/app-D4f8Gh2k.js'))?.body).text()).toBe(script)
  })
  test('what one has is not sent again', async () => {
    const etag = (await ask('/sw.js'))?.headers.etag ?? ''
    expect((await ask('/sw.js', { 'if-none-match': etag }))?.status).toBe(304)
  })
  test('no path leads out of the folder, and packed files have no address of their own', async () => {
    for (const path of ['/../index.html', '/%2e%2e/secret', '/assets/app-D4f8Gh2k.js.br', '/assets'])
      expect(await ask(path), path).toBeNull()
  })
  test('a folder without an app is refused at the start', async () => {
    await expect(openStaticSite(tmpdir())).rejects.toThrow('WEB_DIST')
  })
})
