import { describe, expect, test } from 'bun:test'
import { readBody } from './body.ts'

const chunked = (body: ReadableStream<Uint8Array>) =>
  new Request('http://accord.test/', { method: 'POST', body })

describe('a body', () => {
  test('in pieces is put together', async () => {
    const body = new Blob(['{"a"', ':1}']).stream()
    expect(new TextDecoder().decode(await readBody(chunked(body), 100))).toBe('{"a":1}')
  })

  test('that breaks off is its sender’s fault, not ours', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('gone')) })
    await expect(readBody(chunked(body), 100)).rejects.toMatchObject({ code: 'malformed_request' })
  })

  test('that does not end is not waited for', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
    })
    await expect(readBody(chunked(body), 100, 1)).rejects.toMatchObject({
      code: 'malformed_request',
      detail: 'The body did not come in time.',
    })
  })
})
