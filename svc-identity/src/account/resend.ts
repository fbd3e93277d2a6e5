import { fromUuid } from '@accord/contracts/id'
import type { Deps } from '../deps.ts'
import { mailAllowed, requestLinkMail } from '../mail/request.ts'
import { normaliseEmail } from './email-address.ts'
import { addressDigests, addressName, findHolder, findPending } from './store.ts'

/** Mails the link once more to who waits for it; the answer never tells whether anybody does. */
export async function resendVerification(
  deps: Deps,
  address: string,
): Promise<{ status: 'confirmation_sent' }> {
  const email = normaliseEmail(address)
  if (email !== null) await sendAgain(deps, email)
  return { status: 'confirmation_sent' }
}

async function sendAgain(deps: Deps, email: string): Promise<void> {
  const digests = addressDigests(deps.keyring, email)
  const [newest] = await findPending(deps.db.primary, digests, 1)
  // Whoever registered with a taken address waits in vain: its owner is not to confirm somebody else's account.
  if (!newest || (await findHolder(deps.db.primary, digests))) return
  const memberId = fromUuid('mem', newest.id)
  // Counted by address: with each registration of it there is another member who waits. Apart from those mails, so
  // that whoever has used them up by registering has left the owner this way.
  if (!(await mailAllowed(deps, `${addressName(digests)}:again`, 'confirm_address'))) return
  await deps.db.primary.transaction().execute((trx) => requestLinkMail(trx, deps, memberId, 'confirm'))
}
