import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import type { Preferences } from './schema.ts'

export async function findPreferences(db: Kysely<Database>, memberId: MemberId): Promise<Preferences | null> {
  const row = await db
    .selectFrom('preferences')
    .where('member_id', '=', toUuid(memberId))
    .select(['genders', 'roles', 'age_min as ageMin', 'age_max as ageMax', 'distance_km as distanceKm'])
    .executeTakeFirst()
  return row ?? null
}

export async function storePreferences(
  db: Kysely<Database>,
  memberId: MemberId,
  preferences: Preferences,
  now: Date,
): Promise<void> {
  const values = columnsOf(preferences, now)
  await db
    .insertInto('preferences')
    .values({ member_id: toUuid(memberId), ...values })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(values))
    .execute()
}

/** Stores what many members seek, where nothing is stored yet: for members added in bulk. */
export async function storeFirstPreferences(
  db: Kysely<Database>,
  entries: readonly { memberId: MemberId; preferences: Preferences }[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return
  await db
    .insertInto('preferences')
    .values(
      entries.map(({ memberId, preferences }) => ({
        member_id: toUuid(memberId),
        ...columnsOf(preferences, now),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function columnsOf(preferences: Preferences, now: Date) {
  return {
    genders: preferences.genders,
    roles: preferences.roles,
    age_min: preferences.ageMin,
    age_max: preferences.ageMax,
    distance_km: preferences.distanceKm,
    updated_at: now,
  }
}
