import { describe, expect, test } from 'bun:test'
import { compileTable } from '../route/table.ts'
import { createServeDocs } from './serve-docs.ts'

const routes = { table: compileTable([]), documents: new Map() }
const serve = createServeDocs(() => routes, 'http://accord.test')
const ask = (path: string, headers: Record<string, string> = {}) => serve(path, new Headers(headers))

describe('the documentation', () => {
  test.each(['/openapi.json', '/asyncapi.json', '/docs/swagger-ui.css'])(
    '%s is packed once, not for each who asks',
    async (path) => {
      for (const encoding of ['br', 'gzip']) {
        const first = await ask(path, { 'accept-encoding': encoding })
        const second = await ask(path, { 'accept-encoding': encoding })
        expect(first?.headers['content-encoding']).toBe(encoding)
        expect(second?.body).toBe(first?.body as Uint8Array<ArrayBuffer>)
      }
      expect((await ask(path))?.headers['content-encoding']).toBeUndefined()
    },
  )

  test('another set of documents is another answer', async () => {
    let current = routes
    const changing = createServeDocs(() => current, 'http://accord.test')
    const first = await changing('/openapi.json', new Headers())
    current = { ...routes, documents: new Map() }
    expect((await changing('/openapi.json', new Headers()))?.body).not.toBe(
      first?.body as Uint8Array<ArrayBuffer>,
    )
  })
})
