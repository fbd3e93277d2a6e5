import { describe, expect, test } from 'bun:test'
import type { Method, Operation } from './operation.ts'
import { compileTable } from './table.ts'

const operation = (id: string, method: Method, template: string): Operation => ({
  id,
  service: 'identity',
  method,
  template,
  subject: `http.identity.${id}`,
  rules: { access: 'member', rate: 'default', maxBodyBytes: 1024 },
  headers: [],
  cookies: [],
})

const table = compileTable([
  operation('getOwnProfile', 'GET', '/api/v1/users/profile'),
  operation('getMember', 'GET', '/api/v1/users/{id}'),
  operation('removeMember', 'DELETE', '/api/v1/users/{id}'),
  operation('blockMember', 'POST', '/api/v1/users/{id}/block'),
])

describe('route table', () => {
  const idOf = (method: string, path: string) => {
    const match = table.match(method, path)
    return match.kind === 'found' ? match.operation.id : match.kind
  }

  test('a literal segment wins over a placeholder', () => {
    expect(idOf('GET', '/api/v1/users/profile')).toBe('getOwnProfile')
    expect(idOf('GET', '/api/v1/users/mem_1')).toBe('getMember')
  })
  test('a method that only the placeholder offers is found behind the literal', () => {
    expect(idOf('DELETE', '/api/v1/users/profile')).toBe('removeMember')
  })
  test('HEAD is answered by GET', () => {
    expect(idOf('HEAD', '/api/v1/users/mem_1')).toBe('getMember')
  })
  test('a known path with another method tells which are offered', () => {
    expect(table.match('PUT', '/api/v1/users/profile')).toEqual({
      kind: 'wrong-method',
      allow: ['DELETE', 'GET', 'HEAD', 'OPTIONS'],
    })
  })
  test('an unknown, longer, shorter, doubled or trailing path is unknown', () => {
    for (const path of [
      '/',
      '',
      '/api/v1/users',
      '/api/v1/users/',
      '/api/v1/users//block',
      '/api/v1/users/a/block/',
      '/api/v1/users/a/b',
      '//api/v1/users/profile',
      '/api/v1/users/profile/',
    ])
      expect(idOf('GET', path), path).toBe('unknown')
  })
  test('two operations of one id or one place do not compile, and are named', () => {
    expect(() =>
      compileTable([operation('one', 'GET', '/api/v1/auth/a'), operation('one', 'GET', '/api/v1/auth/b')]),
    ).toThrow(/one/)
    expect(() =>
      compileTable([
        operation('one', 'GET', '/api/v1/users/{id}'),
        operation('two', 'GET', '/api/v1/users/{memberId}'),
      ]),
    ).toThrow(/two and one/)
  })
})
