import type { Schemas } from '../api/client.ts'

/** What is still to be given before others can be seen, and be seen by them. */
export type MissingPart = Schemas['OwnProfile']['completeness']['missing'][number] | 'preferences'

/** As it was loaded; null when none were given yet, undefined while that is not known. */
type KnownPreferences = Schemas['Preferences'] | null | undefined

/** In the order in which they are asked for. */
export function missingParts(profile: Schemas['OwnProfile'], preferences: KnownPreferences): MissingPart[] {
  const { missing } = profile.completeness
  const parts: MissingPart[] = (['gender', 'city', 'photo'] as const).filter((part) => missing.includes(part))
  return preferences === null ? [...parts, 'preferences'] : parts
}

/** Whether a member has to go through the first steps before there can be a deck. */
export function needsStart(profile: Schemas['OwnProfile'], preferences: KnownPreferences): boolean {
  return missingParts(profile, preferences).length > 0
}
