import { expect } from 'bun:test'

export interface Answer<T = Json> {
  status: number
  headers: Headers
  body: T
}

// biome-ignore lint/suspicious/noExplicitAny: what a stranger's program sees before it has types
export type Json = any

export interface Ask {
  method?: string
  body?: unknown
  /** Raw bytes instead of JSON. */
  raw?: { bytes: Uint8Array | string; type: string }
  token?: string | null
  headers?: Record<string, string>
}

export type Api = (path: string, ask?: Ask) => Promise<Answer>

/** Asks the public API as any HTTP client would. */
export function createApi(gateway: string): Api {
  return async (path, ask = {}) => {
    const headers = new Headers(ask.headers)
    if (ask.token) headers.set('authorization', `Bearer ${ask.token}`)
    if (ask.raw) headers.set('content-type', ask.raw.type)
    else if (ask.body !== undefined) headers.set('content-type', 'application/json')
    const body = ask.raw?.bytes ?? (ask.body === undefined ? null : JSON.stringify(ask.body))
    const response = await fetch(new URL(path, gateway), {
      method: ask.method ?? (body === null ? 'GET' : 'POST'),
      headers,
      body: body as string | Uint8Array<ArrayBuffer> | null,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    }
  }
}

/** The body of an answer that must have this status; says what came instead. */
export async function expecting(status: number, answer: Promise<Answer>): Promise<Json> {
  const { status: got, body } = await answer
  expect({ status: got, ...(got === status ? {} : { body }) }).toEqual({ status })
  return body
}

/** Asks again until the answer satisfies, for what follows by event. Fails after `withinMs`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  satisfied: (value: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs
  for (;;) {
    const value = await ask()
    if (satisfied(value)) return value
    if (Date.now() > end)
      throw new Error(`Still not so after ${withinMs} ms: ${JSON.stringify(value)?.slice(0, 500)}`)
    await Bun.sleep(100)
  }
}

/** Asks again when told to wait (429, 503 with Retry-After), as a patient client does; ten times at most. */
export async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask()
    const waitS = Number(answer.headers.get('retry-after'))
    if (tries === 10 || !waitS || ![429, 503].includes(answer.status)) return answer
    await Bun.sleep(waitS * 1000 * (0.5 + Math.random()))
  }
}
