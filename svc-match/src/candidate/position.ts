import { cellToLatLng, isValidCell } from 'h3-js'

/** Mean radius of the Earth (IUGG). Also stands in the migration that computes `chord_km`. */
export const earthRadiusKm = 6371.0088

/**
 * Where a cell's centre is, as Postgres writes a `cube` point: x, y, z in km on a sphere. Straight lines
 * between such points order as distances over ground do, and an index can walk them from the nearest.
 * Throws for a cell that H3 does not know. Source: https://h3geo.org.
 */
export function positionOf(cell: string): string {
  if (!isValidCell(cell)) throw new Error('this is not an H3 cell')
  const [latitude, longitude] = cellToLatLng(cell).map((degrees) => (degrees * Math.PI) / 180)
  if (latitude === undefined || longitude === undefined) throw new Error('this H3 cell has no centre')
  const x = Math.cos(latitude) * Math.cos(longitude)
  const y = Math.cos(latitude) * Math.sin(longitude)
  return `(${[x, y, Math.sin(latitude)].map((part) => part * earthRadiusKm).join(', ')})`
}

/** Kilometres over ground for a straight line through the Earth. */
export function overGround(chordKm: number): number {
  return 2 * earthRadiusKm * Math.asin(Math.min(1, chordKm / (2 * earthRadiusKm)))
}
