import { expect, test } from 'bun:test'
import { inLine } from './line.ts'
import type { DeckEntry } from './queries.ts'

const entry = (id: string) => ({ member: { id }, distanceKm: 5 }) as DeckEntry
const [ada, eva, lea] = [entry('ada'), entry('eva'), entry('lea')]
const ids = (line: DeckEntry[]) => line.map(({ member }) => member.id).join()
const nothing = { decided: {}, returned: [] }

test('whoever was decided about does not show again, whatever was loaded meanwhile', () => {
  expect(
    ids(inLine([ada, eva, lea], { decided: { ada: 'pass', lea: 'gone' }, returned: [] }, undefined)),
  ).toBe('eva')
})

test('a card that came back stands in front, once', () => {
  expect(ids(inLine([ada, eva, lea], { decided: {}, returned: [lea] }, 'ada'))).toBe('lea,ada,eva')
})

test('nobody slips in front of the card that is being looked at', () => {
  expect(ids(inLine([ada, eva, lea], nothing, 'eva'))).toBe('eva,ada,lea')
})

test('a card that is not offered any more makes way for the next one', () => {
  expect(ids(inLine([eva, lea], nothing, 'ada'))).toBe('eva,lea')
})
