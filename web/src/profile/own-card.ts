import type { Schemas } from '../api/client.ts'

/** The own profile as the card that others get. Whether it is verified is not among what the profile says. */
export function ownCard(profile: Schemas['OwnProfile'], now = new Date()): Schemas['Card'] {
  const { birthDate, city, completeness: _, ...shown } = profile
  return { ...shown, age: ageAt(birthDate, now), city: city?.name ?? null, verified: false }
}

/** As the platform counts: by the calendar in UTC. */
function ageAt(birthDate: string, now: Date): number {
  const today = now.toISOString().slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) >= birthDate.slice(5) ? years : years - 1
}
