import type { MemberId } from '@accord/contracts/id'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { hashToken, mintToken } from '../opaque-token.ts'
import { deviceLabel } from './label.ts'
import { type Device, type DeviceId, findDevice, hasDevices, insertDevice, touchDevice } from './store.ts'

/** How long the second factor is not asked on a device that its member trusts. */
const trustMs = 30 * 24 * 60 * 60_000

/** What a client tells of itself. */
export interface DeviceClaim {
  token: string | null
  userAgent: string
}

/**
 * `known`: the member has signed in here before, or nowhere yet (the first sign-in after registering).
 * `trusted`: the second factor need not be asked.
 */
export interface Recognition {
  device: Device | null
  known: boolean
  trusted: boolean
}

/** What a member's account knows of the device that a sign-in comes from. */
export async function recogniseDevice(
  db: Kysely<Database>,
  memberId: MemberId,
  token: string | null,
  now: Date,
): Promise<Recognition> {
  const device = token === null ? null : ((await findDevice(db, memberId, hashToken(token))) ?? null)
  const until = device?.trusted_until ?? null
  return {
    device,
    known: device !== null || !(await hasDevices(db, memberId)),
    trusted: until !== null && until > now,
  }
}

/**
 * Notes that a member has signed in on a device. A device that the member's account does not know gets a new
 * token, whatever it brought: a token planted by somebody else is never taken over.
 */
export async function admitDevice(
  trx: Transaction<Database>,
  memberId: MemberId,
  claim: DeviceClaim,
  options: { trust: boolean; now: Date },
): Promise<{ deviceId: DeviceId; newToken: string | null }> {
  const { now } = options
  const label = deviceLabel(claim.userAgent)
  const trustedUntil = options.trust ? new Date(now.getTime() + trustMs) : null
  const known = claim.token === null ? undefined : await findDevice(trx, memberId, hashToken(claim.token))
  if (known) {
    const trust = trustedUntil === null ? {} : { trusted_until: trustedUntil }
    return { deviceId: await touchDevice(trx, known, { label, last_seen_at: now, ...trust }), newToken: null }
  }
  const { token, hash } = mintToken()
  const deviceId = await insertDevice(trx, memberId, { tokenHash: hash, label, trustedUntil }, now)
  return { deviceId, newToken: token }
}
