import { type MemberFacts, profileChanged } from '@accord/contracts/event/identity'
import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'

/**
 * Tells the other services what they may know of a member, if that has changed since they were told last.
 * To be called in every transaction that changes role, address confirmation, gender, place, languages or
 * photos. Says nothing of a member whose address was never confirmed. Answers whether something was told.
 */
export async function emitProfileFacts(
  trx: Transaction<Database>,
  memberId: MemberId,
  deps: { clock: Clock },
): Promise<boolean> {
  const known = await readFacts(trx, memberId)
  if (!known || (known.told !== null && Bun.deepEquals(known.told, known.now))) return false
  await storeFacts(trx, memberId, known.now, deps.clock())
  await enqueue(trx, profileChanged, {
    aggregateId: memberId,
    data: known.now,
    actor: memberId,
    clock: deps.clock,
  })
  return true
}

async function readFacts(
  trx: Transaction<Database>,
  memberId: MemberId,
): Promise<{ now: MemberFacts; told: MemberFacts | null } | null> {
  const id = toUuid(memberId)
  // The account's lock makes writers of one member follow each other, so that none counts the other's photo out.
  const row = await trx
    .selectFrom('accounts')
    .leftJoin('profiles', 'profiles.member_id', 'accounts.id')
    .where('accounts.id', '=', id)
    .where('accounts.status', '=', 'active')
    .where('accounts.email_confirmed_at', 'is not', null)
    .select(['accounts.role', 'accounts.birth_month'])
    .select(['profiles.gender', 'profiles.cell', 'profiles.languages', 'profiles.facts'])
    .forNoKeyUpdate('accounts')
    .executeTakeFirst()
  if (!row) return null
  const photo = await trx
    .selectFrom('photos')
    .where('member_id', '=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  const { role, birth_month: birthMonth, gender, cell, languages, facts: told } = row
  return { told, now: factsOf({ role, birthMonth, gender, cell, languages, hasPhoto: photo !== undefined }) }
}

/** The facts of a confirmed member, and whether they make the profile visible. */
export function factsOf(
  known: Omit<MemberFacts, 'visible' | 'languages'> & { languages: string[] | null },
): MemberFacts {
  const { gender, cell, hasPhoto } = known
  return {
    ...known,
    languages: known.languages ?? [],
    visible: gender !== null && cell !== null && hasPhoto,
  }
}

async function storeFacts(trx: Transaction<Database>, memberId: MemberId, facts: MemberFacts, now: Date) {
  const told = { facts: JSON.stringify(facts), visible: facts.visible }
  await trx
    .insertInto('profiles')
    .values({ member_id: toUuid(memberId), ...told, updated_at: now })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(told))
    .execute()
}
