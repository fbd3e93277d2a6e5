import { latLngToCell } from 'h3-js'

/** H3 resolution of what leaves this service: cells of about 36 km². */
export const cellResolution = 6

/** The only form in which a member's location is told to other services. Source: https://h3geo.org. */
export function cellOf(place: { latitude: number; longitude: number }): string {
  return latLngToCell(place.latitude, place.longitude, cellResolution)
}
