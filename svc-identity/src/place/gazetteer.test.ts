import { describe, expect, test } from 'bun:test'
import { cellOf } from './cell.ts'
import { shippedGazetteer } from './gazetteer.ts'

const gazetteer = shippedGazetteer()
const names = (query: string, limit = 10) => gazetteer.search(query, limit).map((place) => place.name)

describe('a city is found', () => {
  test('by its own name without the diacritics', () => expect(names('munchen')[0]).toBe('Munich'))
  test('by its name with the diacritics', () => expect(names('zürich')[0]).toBe('Zürich'))
  test('by its name typed in capitals without them', () => expect(names('ZURICH')[0]).toBe('Zürich'))
  test('by the spelling for keyboards without umlauts', () => expect(names('Koeln')[0]).toBe('Köln'))
  test('by a name in another language', () => expect(names('Mailand')[0]).toBe('Milan'))
  test('by letters that Unicode does not decompose', () => expect(names('lodz')[0]).toBe('Łódź'))
  test('by the first letters, the largest first', () => {
    const found = gazetteer.search('ber', 10)
    expect(found[0]?.name).toBe('Berlin')
    expect(found.map((place) => place.population)).toEqual(
      found.map((place) => place.population).sort((a, b) => b - a),
    )
  })
})

test('a search is bounded and names a place once', () => {
  const found = gazetteer.search('a', 7)
  expect(found).toHaveLength(7)
  expect(new Set(found.map((place) => place.id)).size).toBe(7)
})

test('a search of signs alone finds nothing', () => {
  for (const query of ['', '  ', '%', '._*']) expect(gazetteer.search(query, 10)).toEqual([])
})

test('every place can be found by its id and has coordinates on the globe', () => {
  expect(gazetteer.all.length).toBeGreaterThan(5000)
  for (const place of gazetteer.all) {
    expect(gazetteer.find(place.id)).toBe(place)
    expect(place.latitude).toBeWithin(-90, 90)
    expect(place.longitude).toBeWithin(-180, 180.001)
  }
})

test('a cell is of resolution 6, as the member facts demand', () => {
  const zurich = gazetteer.search('zürich', 1)[0]
  expect(zurich && cellOf(zurich)).toMatch(/^86[0-9a-f]{13}$/)
})
