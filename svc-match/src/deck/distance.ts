import { overGround } from '../candidate/position.ts'

const stepKm = 5

/** The distance that is shown: in steps of 5 km and at least 5, so that it does not say where somebody is. */
export function shownDistanceKm(chordKm: number): number {
  return Math.max(stepKm, Math.round(overGround(chordKm) / stepKm) * stepKm)
}
