import { describe, expect, test } from 'bun:test'
import { ownOrigins } from '../config.ts'
import { refuseForeignWrite } from './csrf.ts'

const own = ownOrigins('https://accord.example')
const write = (headers: Record<string, string>, method = 'POST') =>
  refuseForeignWrite(new Request('https://accord.example/api/v1/x', { method, headers }), own)?.refused ??
  null

const ours = { origin: 'https://accord.example', 'sec-fetch-site': 'same-origin', 'accord-csrf': '1' }

describe('a write with cookies', () => {
  test('from our own page is taken', () => {
    expect(write(ours)).toBeNull()
    expect(write({ origin: ours.origin, 'accord-csrf': '1' })).toBeNull()
  })
  test('is refused when any of the three signs is missing or foreign', () => {
    const { origin, ...noOrigin } = ours
    expect(origin).toBe('https://accord.example')
    for (const headers of [
      noOrigin,
      { ...ours, origin: 'https://evil.example' },
      { ...ours, origin: 'null' },
      { ...ours, origin: 'https://accord.example:8443' },
      { ...ours, origin: 'http://accord.example' },
      { ...ours, 'sec-fetch-site': 'same-site' },
      { ...ours, 'sec-fetch-site': 'cross-site' },
      { ...ours, 'accord-csrf': '0' },
      { origin: ours.origin, 'sec-fetch-site': 'same-origin' },
    ])
      expect(write(headers), JSON.stringify(headers)).toBe('csrf_refused')
  })
  test('reading is not a write', () => {
    expect(write({}, 'GET')).toBeNull()
  })
})

test('on loopback either name of the machine is our own, with our port only', () => {
  const local = ownOrigins('http://127.0.0.1:8080')
  expect(local.has('http://localhost:8080')).toBe(true)
  expect(local.has('http://localhost:8081')).toBe(false)
  expect(ownOrigins('https://accord.example').size).toBe(1)
})
