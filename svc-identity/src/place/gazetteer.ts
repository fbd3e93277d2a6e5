import { readFileSync } from 'node:fs'
import { foldName } from './fold.ts'

/** A city of the shipped gazetteer. Coordinates are degrees (WGS 84) and stay inside the service. */
export interface Place {
  id: string
  name: string
  /** ISO 3166-1 alpha-2. */
  country: string
  region: string | null
  latitude: number
  longitude: number
  population: number
}

export interface Gazetteer {
  find(id: string): Place | null
  /** Places of which some name begins with the text, whatever its case and diacritics; largest first. */
  search(text: string, limit: number): Place[]
  /** Every place, largest first. */
  all: readonly Place[]
}

let shipped: Gazetteer | null = null

/** The gazetteer that ships with the service, read at first use. */
export function shippedGazetteer(): Gazetteer {
  shipped ??= parseGazetteer(readFileSync(new URL('./places.tsv', import.meta.url), 'utf8'))
  return shipped
}

/** Reads the format that `scripts/make-places.ts` writes. */
export function parseGazetteer(text: string): Gazetteer {
  const [head = '', body = ''] = text.split('\n\n', 2)
  const regions = head.split('\n').filter((line) => !line.startsWith('#'))
  const all: Place[] = []
  const keys: { key: string; rank: number }[] = []
  for (const line of body.split('\n')) {
    const [id, name, country, region, latitude, longitude, thousands, aliases] = line.split('\t')
    if (!id || !name || !country) continue
    const rank = all.length
    const regionName = regions[Number(region)] ?? '-'
    all.push({
      id,
      name,
      country,
      region: regionName === '-' ? null : regionName,
      latitude: Number(latitude),
      longitude: Number(longitude),
      population: Number(thousands) * 1000,
    })
    keys.push({ key: foldName(name), rank })
    for (const key of aliases ? aliases.split('|') : []) keys.push({ key, rank })
  }
  keys.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const byId = new Map(all.map((place) => [place.id, place]))

  return {
    all,
    find: (id) => byId.get(id) ?? null,
    search(query, limit) {
      const prefix = foldName(query)
      if (prefix === '') return []
      const ranks = new Set<number>()
      for (let index = firstAtLeast(keys, prefix); keys[index]?.key.startsWith(prefix); index++) {
        const entry = keys[index]
        if (entry) ranks.add(entry.rank)
      }
      // A rank is a place in the list by population, so that the smallest numbers are the largest cities.
      return [...ranks]
        .sort((a, b) => a - b)
        .slice(0, limit)
        .flatMap((rank) => all[rank] ?? [])
    },
  }
}

function firstAtLeast(keys: readonly { key: string }[], wanted: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle]?.key ?? '') < wanted) low = middle + 1
    else high = middle
  }
  return low
}
