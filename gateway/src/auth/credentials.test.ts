import { describe, expect, test } from 'bun:test'
import { cookieOf, credentialsOf } from './credentials.ts'

const read = (headers: Record<string, string>) => credentialsOf(new Headers(headers))

describe('credentials', () => {
  test('come from the header or from the cookie', () => {
    expect(read({ authorization: 'Bearer abc.def' })).toEqual({ mode: 'token', token: 'abc.def' })
    expect(read({ authorization: 'bearer abc.def' })).toEqual({ mode: 'token', token: 'abc.def' })
    expect(read({ cookie: 'x=1; __Host-at=abc' })).toEqual({ mode: 'cookie', token: 'abc' })
    expect(read({})).toBeNull()
  })
  test('of both kinds at once are refused', () => {
    expect(read({ authorization: 'Bearer a', cookie: '__Host-at=b' })).toMatchObject({
      refused: 'malformed_request',
    })
  })
  test('of another scheme are none', () => {
    for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer ', 'Bearer a b'])
      expect(read({ authorization }), authorization).toMatchObject({ refused: 'unauthenticated' })
  })
})

test('a cookie is found by its whole name', () => {
  expect(cookieOf('a__Host-at=1; __Host-at=2; __Host-at=3', '__Host-at')).toBe('2')
  expect(cookieOf('__Host-att=1', '__Host-at')).toBeNull()
})
