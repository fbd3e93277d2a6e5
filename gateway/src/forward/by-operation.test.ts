import { expect, test } from 'bun:test'
import { targetOf } from './by-operation.ts'

test('a template is filled in, and nothing can break out of its segment', () => {
  expect(targetOf('/a/{id}/b', { id: 'x' })).toBe('/a/x/b')
  expect(targetOf('/a/{id}', { id: '../b?c' }, { limit: '1' })).toBe('/a/..%2Fb%3Fc?limit=1')
  expect(() => targetOf('/a/{id}', {})).toThrow('id')
})
