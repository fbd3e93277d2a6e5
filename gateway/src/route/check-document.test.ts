import { describe, expect, test } from 'bun:test'
import { refreshCookie } from '@accord/contracts/actor'
import type { ServiceName } from '@accord/contracts/service'
import { checkDocument } from './check-document.ts'
import type { OpenApiDocument } from './openapi.ts'

const rules = { access: 'member', rate: 'default', maxBodyBytes: 1024 }
const documentWith = (path: string, operation: Record<string, unknown>, method = 'get') => ({
  openapi: '3.1.0',
  paths: {
    [path]: { [method]: { operationId: 'listThings', 'x-accord': rules, responses: {}, ...operation } },
  },
})
const faultsOf = (
  operation: Record<string, unknown>,
  path = '/api/v1/matches/x',
  service: ServiceName = 'match',
) => checkDocument(service, documentWith(path, operation)).faults

describe('a document', () => {
  test('with a declared operation is read', () => {
    const parameters = [
      { name: 'Idempotency-Key', in: 'header' },
      { name: 'limit', in: 'query' },
    ]
    const { operations, faults } = checkDocument(
      'match',
      documentWith('/api/v1/matches/{id}', { parameters }),
    )
    expect(faults).toEqual([])
    expect(operations).toMatchObject([
      { id: 'listThings', method: 'GET', subject: 'http.match.listThings', headers: ['idempotency-key'] },
    ])
  })

  test.each([
    ['no access rule', { 'x-accord': undefined }, /no access rule/],
    ['an unknown access kind', { 'x-accord': { ...rules, access: 'anybody' } }, /access/],
    ['an unknown rate class', { 'x-accord': { ...rules, rate: 'none' } }, /rate/],
    [
      'a body that no message can carry',
      { 'x-accord': { ...rules, maxBodyBytes: 2_000_000 } },
      /maxBodyBytes/,
    ],
    ['a rule nobody knows', { 'x-accord': { ...rules, admin: true } }, /admin/],
    ['an id that is no name', { operationId: 'list things' }, /list things/],
    ['the reserved id', { operationId: 'openapi' }, /openapi/],
    ['no id', { operationId: undefined }, /operationId/],
    ['cookies without being identity', { 'x-accord': { ...rules, setsCookies: true } }, /identity/],
    ['our own header', { parameters: [{ name: 'Authorization', in: 'header' }] }, /authorization/],
  ])('with %s is refused, and says so', (_, operation, fault) => {
    expect(faultsOf(operation).join()).toMatch(fault)
  })

  test('may set and read session cookies when it is identity’s', () => {
    const cookies = { ...rules, setsCookies: true, cookies: [refreshCookie] }
    expect(faultsOf({ 'x-accord': cookies }, '/api/v1/auth/refresh', 'identity')).toEqual([])
    const any = { ...rules, cookies: ['tracking'] }
    expect(faultsOf({ 'x-accord': any }, '/api/v1/auth/refresh', 'identity')).not.toEqual([])
  })

  test('that reaches outside of its service’s paths is refused', () => {
    for (const path of [
      '/api/v1/auth/login',
      '/api/v1/matches-of-others',
      '/api/v1/matches/../auth/login',
      '/api/v1/matches//x',
      '/api/v1/matches/a{id}',
      '/api/v1/matches/{id}/{id}',
      '/healthz',
    ])
      expect(faultsOf({}, path), path).not.toEqual([])
  })

  test('with one id on two operations, or a method that cannot be routed, is refused', () => {
    const twice = documentWith('/api/v1/matches/a', {})
    Object.assign(twice.paths, documentWith('/api/v1/matches/b', {}).paths)
    expect(checkDocument('match', twice).faults.join()).toMatch(/listThings is used twice/)
    expect(checkDocument('match', documentWith('/api/v1/matches/a', {}, 'trace')).faults).not.toEqual([])
  })

  test.each([
    ['an operation that is none', { paths: { '/api/v1/matches/a': { get: null } } }],
    ['a path that leads nowhere', { paths: { '/api/v1/matches/a': null } }],
    ['parameters that are none', documentWith('/api/v1/matches/a', { parameters: 5 })],
    ['a parameter without a name', documentWith('/api/v1/matches/a', { parameters: [{ in: 'header' }] })],
    ['no object at all', null],
  ])('with %s is refused, and breaks nothing', (_, document) => {
    expect(checkDocument('match', document as OpenApiDocument).faults).not.toEqual([])
  })

  test('without operations is refused', () => {
    expect(checkDocument('match', {}).faults).toEqual(['no operations'])
  })
})
