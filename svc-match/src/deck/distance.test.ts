import { expect, test } from 'bun:test'
import { shownDistanceKm } from './distance.ts'

test('a distance is shown in steps of 5 km and never below 5', () => {
  expect([0, 2, 7.4, 7.6, 98.9, 12_743].map(shownDistanceKm)).toEqual([5, 5, 5, 10, 100, 20_015])
})
