import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Answer } from '../edge/answer.ts'
import { openStaticSite, type ServeSite } from './static-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'accord-site-'))
const script = 'console.log(1)'
let serve: ServeSite

beforeAll(async () => {
  await Promise.all([
    Bun.write(join(folder, 'index.html'), '<!doctype html><title>app</title>'),
    Bun.write(join(folder, 'sw.js'), script),
    Bun.write(join(folder, 'assets/app-D4f8Gh2k.js'), script),
    Bun.write(join(folder, 'assets/app-D4f8Gh2k.js.br'), brotliCompressSync(script)),
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
  })
  test('a packed file goes to those who take it', async () => {
    const packed = await ask('/assets/app-D4f8Gh2k.js', { 'accept-encoding': 'br' })
    expect(packed?.headers['content-encoding']).toBe('br')
    const plain = await ask('/assets/app-D4f8Gh2k.js')
    expect(plain?.headers['content-encoding']).toBeUndefined()
    expect(plain?.headers['content-type']).toStartWith('text/javascript')
  })
  test('an address of the app gets the app, a missing file or API path does not', async () => {
    expect((await ask('/matches/today', navigation))?.headers['content-type']).toStartWith('text/html')
    expect(await ask('/assets/gone.js')).toBeNull()
    expect(await ask('/api/v1/nothing', navigation)).toBeNull()
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
