import { expect, test } from 'bun:test'
import { latLngToCell } from 'h3-js'
import { overGround, positionOf } from './position.ts'

const cellAt = (latitude: number, longitude: number) => latLngToCell(latitude, longitude, 6)
const chordKm = (one: string, other: string) => {
  const [a, b] = [one, other].map((position) => position.slice(1, -1).split(', ').map(Number))
  return Math.hypot(...(a ?? []).map((value, index) => value - (b?.[index] ?? 0)))
}

test('distances between positions are those over ground', () => {
  const [zurich, geneva, sydney] = [cellAt(47.37, 8.54), cellAt(46.2, 6.14), cellAt(-33.87, 151.2)].map(
    positionOf,
  )
  if (!zurich || !geneva || !sydney) throw new Error('three positions')
  expect(overGround(chordKm(zurich, geneva))).toBeWithin(215, 235)
  expect(overGround(chordKm(zurich, sydney))).toBeWithin(16_500, 16_620)
  expect(overGround(chordKm(zurich, zurich))).toBe(0)
})

test('a cell that does not exist is refused', () => {
  expect(() => positionOf('000000000000000')).toThrow('not an H3 cell')
})
