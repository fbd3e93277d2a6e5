import { fromUuid } from '@accord/contracts/id'
import { normaliseEmail } from '../account/email-address.ts'
import { addressDigests, findHolder } from '../account/store.ts'
import type { Deps } from '../deps.ts'
import { mailAllowed, requestLinkMail } from '../mail/request.ts'

/** Mails a link for a new password to who holds the address; the answer never tells whether anybody does. */
export async function forgotPassword(deps: Deps, address: string): Promise<{ status: 'reset_sent' }> {
  const email = normaliseEmail(address)
  if (email !== null) await sendLink(deps, email)
  return { status: 'reset_sent' }
}

async function sendLink(deps: Deps, email: string): Promise<void> {
  const holder = await findHolder(deps.db.primary, addressDigests(deps.keyring, email))
  if (holder?.status !== 'active') return
  const memberId = fromUuid('mem', holder.id)
  if (!(await mailAllowed(deps, memberId, 'reset_password'))) return
  await deps.db.primary.transaction().execute((trx) => requestLinkMail(trx, deps, memberId, 'reset'))
}
