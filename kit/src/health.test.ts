import { afterEach, beforeEach, expect, test } from 'bun:test'
import { type Health, startHealth } from './health.ts'
import { createLogger } from './log.ts'

const log = createLogger({ service: 'test', level: 'silent' })
let health: Health
beforeEach(() => {
  health = startHealth({ port: 0, log })
})
afterEach(() => health.stop())

async function ask(path: string) {
  const response = await fetch(`http://127.0.0.1:${health.port}${path}`)
  return { status: response.status, text: await response.text() }
}

test('a process that is starting or draining lives, and is not ready', async () => {
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/readyz')).status).toBe(503)
  health.ready()
  expect((await ask('/readyz')).status).toBe(200)
  health.draining()
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/readyz')).status).toBe(503)
})

test('readiness names what is missing', async () => {
  health.check('nats', () => true)
  health.check('keys', () => 'not loaded')
  health.check('redis', () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7')))
  health.ready()
  const { status, text } = await ask('/readyz')
  expect(status).toBe(503)
  expect(JSON.parse(text)).toEqual({ state: 'ready', missing: { keys: 'not loaded', redis: 'failed' } })
})

test('a port that is taken is not shared in silence', () => {
  expect(() => startHealth({ port: health.port, log })).toThrow()
})
