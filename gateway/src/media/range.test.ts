import { expect, test } from 'bun:test'
import { parseRange } from './range.ts'

test('one range of bytes is read, and cut to what there is', () => {
  expect(parseRange('bytes=0-0', 10)).toEqual({ start: 0, end: 0 })
  expect(parseRange('bytes=2-5', 10)).toEqual({ start: 2, end: 5 })
  expect(parseRange('bytes=2-', 10)).toEqual({ start: 2, end: 9 })
  expect(parseRange('bytes=5-500', 10)).toEqual({ start: 5, end: 9 })
  expect(parseRange('bytes=-3', 10)).toEqual({ start: 7, end: 9 })
  expect(parseRange('bytes=-30', 10)).toEqual({ start: 0, end: 9 })
})

test('a range behind the end cannot be satisfied', () => {
  expect(parseRange('bytes=10-', 10)).toBe('unsatisfiable')
  expect(parseRange('bytes=-0', 10)).toBe('unsatisfiable')
})

test('what is no single range of bytes asks for everything', () => {
  for (const header of [
    null,
    '',
    'bytes=',
    'bytes=-',
    'items=0-1',
    'bytes=0-1,3-4',
    'bytes=5-2',
    'bytes=a-b',
  ])
    expect(parseRange(header, 10)).toBeNull()
})
