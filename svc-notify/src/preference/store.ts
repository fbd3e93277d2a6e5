import { type MemberId, toUuid } from '@accord/contracts/id'
import { type Static, Type } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'

/** Which notifications also come by mail. Mails about the account itself always do. */
export const MailPreferences = Type.Object(
  { match: Type.Boolean(), message: Type.Boolean(), subscription: Type.Boolean() },
  { additionalProperties: false },
)
export type MailPreferences = Static<typeof MailPreferences>
export type MailTopic = keyof MailPreferences

const defaults: MailPreferences = { match: true, message: true, subscription: true }

export async function mailPreferencesOf(db: Kysely<Database>, memberId: MemberId): Promise<MailPreferences> {
  const row = await db
    .selectFrom('preferences')
    .select('mail')
    .where('member_id', '=', toUuid(memberId))
    .executeTakeFirst()
  return { ...defaults, ...row?.mail }
}

export async function setMailPreferences(
  db: Kysely<Database>,
  memberId: MemberId,
  mail: MailPreferences,
  now: Date,
): Promise<void> {
  const row = { mail: JSON.stringify(mail), updated_at: now }
  await db
    .insertInto('preferences')
    .values({ member_id: toUuid(memberId), ...row })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(row))
    .execute()
}
