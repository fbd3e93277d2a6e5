import { fromUuid, type IdOf, type MemberId, newId, toUuid } from '@accord/contracts/id'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { DevicesTable } from './tables.ts'

export type Device = Selectable<DevicesTable>
export type DeviceId = IdOf<'dev'>

/** The one not seen for longest is forgotten for a new one. */
export const mostDevices = 20

/** The member's device with this token. */
export function findDevice(
  db: Kysely<Database>,
  memberId: MemberId,
  tokenHash: Buffer,
): Promise<Device | undefined> {
  return db
    .selectFrom('devices')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** Whether the member has ever signed in. */
export async function hasDevices(db: Kysely<Database>, memberId: MemberId): Promise<boolean> {
  const row = await db
    .selectFrom('devices')
    .select('id')
    .where('member_id', '=', toUuid(memberId))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** All of a member's devices, the last seen first. */
export function listDevices(db: Kysely<Database>, memberId: MemberId): Promise<Device[]> {
  return db
    .selectFrom('devices')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostDevices)
    .execute()
}

/** Notes a device; call it with the account locked, so that the limit holds. */
export async function insertDevice(
  trx: Transaction<Database>,
  memberId: MemberId,
  device: { tokenHash: Buffer; label: string; trustedUntil: Date | null },
  now: Date,
): Promise<DeviceId> {
  const deviceId = newId('dev')
  await trx
    .insertInto('devices')
    .values({
      member_id: toUuid(memberId),
      id: toUuid(deviceId),
      token_hash: device.tokenHash,
      label: device.label,
      created_at: now,
      last_seen_at: now,
      trusted_until: device.trustedUntil,
    })
    .execute()
  await forgetOldest(trx, memberId)
  return deviceId
}

export async function touchDevice(
  trx: Transaction<Database>,
  device: Pick<Device, 'member_id' | 'id'>,
  change: { label: string; last_seen_at: Date; trusted_until?: Date },
): Promise<DeviceId> {
  await trx
    .updateTable('devices')
    .set(change)
    .where('member_id', '=', device.member_id)
    .where('id', '=', device.id)
    .execute()
  return fromUuid('dev', device.id)
}

/** The second factor is asked everywhere again. */
export async function distrustDevices(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  await trx
    .updateTable('devices')
    .set({ trusted_until: null })
    .where('member_id', '=', toUuid(memberId))
    .execute()
}

async function forgetOldest(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  const member_id = toUuid(memberId)
  const tooMany = trx
    .selectFrom('devices')
    .select('id')
    .where('member_id', '=', member_id)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .offset(mostDevices)
  await trx.deleteFrom('devices').where('member_id', '=', member_id).where('id', 'in', tooMany).execute()
}
