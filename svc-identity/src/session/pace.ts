import { fromUuid } from '@accord/contracts/id'
import type { Deps } from '../deps.ts'
import { findDevice } from '../device/store.ts'
import { hashToken } from '../opaque-token.ts'
import type { Client } from './client.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Guesses on devices of the member's own are counted apart from all others: somebody who guesses from
 * elsewhere does not slow the owner down. Takes the member's uuid; none is asked for like one.
 */
export async function paceOf(
  deps: Pick<Deps, 'db'>,
  member: string | undefined,
  client: Client,
): Promise<string> {
  if (client.deviceToken === null) return 'elsewhere'
  const memberId = fromUuid('mem', member ?? nobody)
  const device = await findDevice(deps.db.primary, memberId, hashToken(client.deviceToken))
  return device?.id ?? 'elsewhere'
}
