import { expect, test } from 'bun:test'
import type { Card } from '@accord/contracts/call/identity'
import { newId } from '@accord/contracts/id'
import { fitIntoMessage } from './fit.ts'

const card = (text: string, photos: number): Card => ({
  id: newId('mem'),
  displayName: 'Ada',
  age: 32,
  role: 'companion',
  gender: 'woman',
  headline: text.slice(0, 120),
  about: text.slice(0, 2000),
  lookingFor: text.slice(0, 500),
  city: 'Zürich',
  languages: ['en'],
  prompts: [1, 2, 3].map(() => ({ question: 'I feel spoiled when', answer: text.slice(0, 500) })),
  photos: Array.from({ length: photos }, () => ({
    id: newId('pho'),
    width: 1440,
    height: 1920,
    thumbhash: 'x'.repeat(32),
    variants: Array.from({ length: 6 }, () => ({
      url: `/media/${'x'.repeat(100)}`,
      width: 1440,
      height: 1920,
      type: 'image/avif' as const,
    })),
  })),
  verified: false,
})
const hundred = (text: string, photos: number) => Array.from({ length: 100 }, () => card(text, photos))

test('a hundred ordinary cards go as they are', () => {
  const cards = hundred('Some words about me. '.repeat(20), 3)
  expect(fitIntoMessage(cards)).toEqual(cards)
})

test('a hundred cards filled to the brim stay below the limit of a message, and all are there', () => {
  const cards = fitIntoMessage(hundred('漢'.repeat(2000), 9))
  expect(cards).toHaveLength(100)
  expect(Buffer.byteLength(JSON.stringify({ cards }))).toBeLessThan(1_000_000)
  for (const { photos } of cards) expect(photos).toHaveLength(1)
})
