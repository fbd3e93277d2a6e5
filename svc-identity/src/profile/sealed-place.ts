import type { MemberId } from '@accord/contracts/id'
import type { CipherBinding, Envelope } from '@accord/kit/crypto/envelope'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Place } from '../place/gazetteer.ts'

/** A member's place as it is stored. Its name is kept too, so that a newer gazetteer takes nothing away. */
export type SealedPlace = Pick<Place, 'id' | 'name' | 'country' | 'region' | 'latitude' | 'longitude'>

export function placeBinding(memberId: MemberId): CipherBinding {
  return { owner: memberId, table: 'profiles', column: 'place', row: memberId }
}

/** Seals the place with its coordinates. The city is no secret by itself, but whose city it is, is. */
export function sealPlace(
  trx: Transaction<Database>,
  envelope: Envelope,
  memberId: MemberId,
  place: Place,
): Promise<Buffer> {
  const { id, name, country, region, latitude, longitude } = place
  const sealed: SealedPlace = { id, name, country, region, latitude, longitude }
  return envelope.encrypt(trx, placeBinding(memberId), JSON.stringify(sealed))
}

export function parsePlace(text: string | null): SealedPlace | null {
  return text === null ? null : (JSON.parse(text) as SealedPlace)
}
