import type { MemberRole } from '@accord/contracts/actor'
import { memberRegistered } from '@accord/contracts/event/identity'
import { fromUuid, type MemberId, newId } from '@accord/contracts/id'
import type { Locale } from '@accord/contracts/locale'
import { type Refused, refused } from '@accord/kit/error'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import { recordConsents } from '../consent/record.ts'
import { type ConsentsGiven, checkConsents } from '../consent/rules.ts'
import { checkPassword } from '../credential/password-rules.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { mailAllowed, requestLinkMail, requestMail } from '../mail/request.ts'
import { normaliseText } from '../profile/text.ts'
import { isAdult } from './age.ts'
import {
  addressDigests,
  addressName,
  findHolder,
  findPending,
  insertAccount,
  lockAddress,
  mostPendingOfAddress,
  removePending,
} from './store.ts'

export interface Registration {
  email: string
  password: string
  role: MemberRole
  /** `YYYY-MM-DD`. */
  birthDate: string
  displayName: string
  consents: ConsentsGiven
  /** Of the member's mails; English unless told. */
  locale?: Locale
}

export type RegistrationRefusal = 'under_age' | 'consent_required' | 'password_too_weak'

/**
 * Registers somebody and mails a link to confirm the address. An address that is taken gets the same answer,
 * after the same work, and its owner a mail that says so. The registration is kept all the same, without a link:
 * else a sign-in with its password would tell what the answer here does not. The oldest of too many gives way, so
 * that nobody keeps the owner of an address out by registering it first; mails are counted by address.
 */
export async function register(
  deps: Deps,
  input: Registration,
): Promise<{ status: 'confirmation_sent' } | Refused<RegistrationRefusal>> {
  const refusal = mayRegister(input, deps.clock())
  if (refusal) return refusal

  const passwordHash = await deps.passwords.hash(input.password)
  const digests = addressDigests(deps.keyring, input.email)
  const mayMail = await mailAllowed(deps, addressName(digests), 'confirm_address')
  const holder = await deps.db.primary.transaction().execute(async (trx) => {
    // One after another: many at the same moment would each find room for one more.
    await lockAddress(trx, digests)
    const holder = await findHolder(trx, digests)
    const waiting = await findPending(trx, digests)
    for (const { id } of waiting.slice(mostPendingOfAddress - 1)) {
      await removePending(trx, deps.envelope, fromUuid('mem', id))
    }
    const memberId = await registerMember(trx, deps, { ...input, passwordHash })
    if (!holder && mayMail) await requestLinkMail(trx, deps, memberId, 'confirm')
    return holder
  })
  if (holder) await tellHolder(deps, fromUuid('mem', holder.id))
  return { status: 'confirmation_sent' }
}

/**
 * Writes a member who has yet to confirm the address, and says so to the others. Everything was checked and
 * the password hashed before; no mail is sent. Also what fills a database in bulk.
 */
export async function registerMember(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope' | 'keyring' | 'clock'>,
  member: Omit<Registration, 'password'> & { passwordHash: string },
): Promise<MemberId> {
  const memberId = newId('mem')
  const { email, passwordHash, role, birthDate, locale = 'en' } = member
  const displayName = normaliseText(member.displayName)
  const account = { memberId, email, passwordHash, role, birthDate, displayName, locale }
  await insertAccount(trx, deps, account, deps.clock())
  await recordConsents(trx, memberId, member.consents, deps.clock)
  await enqueue(trx, memberRegistered, {
    aggregateId: memberId,
    data: { role },
    actor: memberId,
    clock: deps.clock,
  })
  return memberId
}

function mayRegister(input: Registration, now: Date): Refused<RegistrationRefusal> | null {
  if (!isAdult(input.birthDate, now)) return refused('under_age')
  return checkConsents(input.consents) ?? checkPassword(input.password, input.email)
}

async function tellHolder(deps: Deps, memberId: MemberId): Promise<void> {
  if (!(await mailAllowed(deps, memberId, 'address_known'))) return
  await deps.db.primary
    .transaction()
    .execute((trx) => requestMail(trx, deps, { memberId, kind: 'address_known' }))
}
