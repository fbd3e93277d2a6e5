import { type Place, shippedGazetteer } from '@accord/svc-identity/place/gazetteer'
import { pick } from './random.ts'

/** Most of the first members live here, so that a small Accord has decks with people nearby. GeoNames ids. */
const hubs = [
  ...['2657896', '2660646', '2950159', '2867714', '2761369', '2643743'],
  ...['2988507', '3173435', '2759794', '3117735', '2618425', '2267057'],
]
const hubMembers = 1000

const languages: Record<string, readonly string[]> = {
  ...{ AT: ['de'], CH: ['de', 'fr'], DE: ['de'], GB: ['en'], US: ['en'], FR: ['fr'], IT: ['it'], ES: ['es'] },
  ...{ NL: ['nl'], PT: ['pt'], DK: ['da'], SE: ['sv'], NO: ['no'], FI: ['fi'], PL: ['pl'], CZ: ['cs'] },
  ...{ BR: ['pt'], MX: ['es'], AR: ['es'], JP: ['ja'], CN: ['zh'], IN: ['hi'], RU: ['ru'], TR: ['tr'] },
}

/** The first city is where the demo sign-ins live. */
export function demoCity(): Place {
  return hub(0)
}

/** Where a member lives: one of a dozen cities, or, among many, anywhere where many people live. */
export function cityOf(index: number, random: () => number): Place {
  return index <= hubMembers && random() < 0.85 ? hub(Math.floor(random() * hubs.length)) : anywhere(random)
}

/** What is spoken there, and mostly English too. */
export function languagesOf(place: Place, random: () => number): string[] {
  const own = pick(random, languages[place.country] ?? ['en'])
  return random() < 0.75 ? [...new Set([own, 'en'])] : [own]
}

function hub(position: number): Place {
  const place = shippedGazetteer().find(hubs[position] ?? '')
  if (!place) throw new Error('the gazetteer lacks a city of the demo members')
  return place
}

let totals: number[] | null = null

/** By population, flattened: a village counts more, and a capital less, than its people would make it. */
function anywhere(random: () => number): Place {
  const { all } = shippedGazetteer()
  totals ??= runningTotals(all)
  const at = random() * (totals.at(-1) ?? 0)
  let [low, high] = [0, all.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((totals[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return all[low] ?? demoCity()
}

function runningTotals(places: readonly Place[]): number[] {
  let total = 0
  return places.map(({ population }) => {
    total += Math.sqrt(population)
    return total
  })
}
