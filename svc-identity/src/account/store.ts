import type { MemberRole } from '@accord/contracts/actor'
import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import type { Locale } from '@accord/contracts/locale'
import { type BlindIndex, blindIndex, blindIndexes } from '@accord/kit/crypto/blind-index'
import type { Envelope } from '@accord/kit/crypto/envelope'
import type { Keyring } from '@accord/kit/crypto/keyring'
import {
  type ExpressionBuilder,
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
} from 'kysely'
import type { Database } from '../db.ts'
import type { AccountsTable } from './tables.ts'

export type Account = Selectable<AccountsTable>

/** How many registrations of one address may wait for their confirmation at the same time. */
export const mostPendingOfAddress = 5

/** Under which digests an address may be found; the first is the one to write. */
export const addressDigests = (keyring: Keyring, email: string) => blindIndexes(keyring, 'email', email)

/** An address in the name of what is counted for it. Without the index key it tells nothing of the address. */
export const addressName = (digests: readonly BlindIndex[]) =>
  `address:${digests[0]?.digest.toString('base64url')}`

export interface NewAccount {
  memberId: MemberId
  email: string
  passwordHash: string
  role: MemberRole
  birthDate: string
  displayName: string
  locale: Locale
}

/** Writes the row of a member who has yet to confirm the address. */
export async function insertAccount(
  trx: Transaction<Database>,
  deps: { envelope: Envelope; keyring: Keyring },
  account: NewAccount,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('accounts')
    .values(await accountRow(trx, deps, account, now))
    .execute()
}

/** The row of a new account; its key is made with it. */
export async function accountRow(
  trx: Transaction<Database>,
  deps: { envelope: Envelope; keyring: Keyring },
  account: NewAccount,
  now: Date,
): Promise<Insertable<AccountsTable>> {
  const { memberId, email, birthDate } = account
  const digest = blindIndex(deps.keyring, 'email', email)
  return {
    id: toUuid(memberId),
    status: 'pending',
    role: account.role,
    display_name: account.displayName,
    email_sealed: await deps.envelope.encrypt(trx, sealedIn(memberId, 'email'), email),
    email_digest: digest.digest,
    email_digest_version: digest.version,
    birth_date_sealed: await deps.envelope.encrypt(trx, sealedIn(memberId, 'birth_date'), birthDate),
    birth_month: birthDate.slice(0, 7),
    password_hash: account.passwordHash,
    password_changed_at: now,
    locale: account.locale,
    email_confirmed_at: null,
    created_at: now,
  }
}

/** A member's address. */
export function openEmail(
  db: Kysely<Database>,
  envelope: Envelope,
  account: Pick<Account, 'id' | 'email_sealed'>,
): Promise<string> {
  return envelope.decrypt(db, sealedIn(fromUuid('mem', account.id), 'email'), account.email_sealed)
}

export function findAccount(db: Kysely<Database>, memberId: MemberId): Promise<Account | undefined> {
  return db.selectFrom('accounts').selectAll().where('id', '=', toUuid(memberId)).executeTakeFirst()
}

/**
 * The account's row, locked until the transaction ends: changes of one account come one after another. `no key`:
 * new rows that refer to the account are not held up.
 */
export function lockAccount(trx: Transaction<Database>, memberId: MemberId): Promise<Account | undefined> {
  return trx
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', toUuid(memberId))
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** The account that holds an address. */
export function findHolder(
  db: Kysely<Database>,
  digests: readonly BlindIndex[],
): Promise<Account | undefined> {
  return db
    .selectFrom('email_claims')
    .innerJoin('accounts', 'accounts.id', 'email_claims.member_id')
    .selectAll('accounts')
    .where((eb) => anyDigest(eb, digests))
    .limit(1)
    .executeTakeFirst()
}

/** Accounts that wait for this address to be confirmed, newest first. */
export function findPending(
  db: Kysely<Database>,
  digests: readonly BlindIndex[],
  limit = mostPendingOfAddress,
): Promise<Account[]> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('status', '=', 'pending')
    .where(
      'email_digest',
      'in',
      digests.map(({ digest }) => digest),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Held until the transaction ends. */
export async function lockAddress(trx: Transaction<Database>, digests: readonly BlindIndex[]): Promise<void> {
  const name = `identity.address ${digests[0]?.digest.toString('hex')}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
}

/**
 * Takes an address for a member; false when somebody else holds it. A row for every version of the index key:
 * instances that do not know the newest yet still find, and cannot double, the claim.
 */
export async function claimAddress(
  trx: Transaction<Database>,
  memberId: MemberId,
  digests: readonly BlindIndex[],
  now: Date,
): Promise<boolean> {
  const member_id = toUuid(memberId)
  await trx
    .insertInto('email_claims')
    .values(
      digests.map(({ version, digest }) => ({ digest_version: version, digest, member_id, claimed_at: now })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { others } = await trx
    .selectFrom('email_claims')
    .select(({ fn }) => fn.countAll<number>().as('others'))
    .where((eb) => anyDigest(eb, digests))
    .where('member_id', '<>', member_id)
    .executeTakeFirstOrThrow()
  return others === 0
}

/** Lets go of a member's address: somebody may register with it again. */
export async function releaseAddress(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  await trx.deleteFrom('email_claims').where('member_id', '=', toUuid(memberId)).execute()
}

/** Marks the address as confirmed. */
export async function activate(trx: Transaction<Database>, memberId: MemberId, now: Date): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ status: 'active', email_confirmed_at: now })
    .where('id', '=', toUuid(memberId))
    .execute()
}

export async function setPassword(
  trx: Transaction<Database>,
  memberId: MemberId,
  hash: string,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ password_hash: hash, password_changed_at: now })
    .where('id', '=', toUuid(memberId))
    .execute()
}

/** Removes a registration that will never be confirmed, with its key. */
export async function removePending(
  trx: Transaction<Database>,
  envelope: Envelope,
  memberId: MemberId,
): Promise<void> {
  const gone = await trx
    .deleteFrom('accounts')
    .where('id', '=', toUuid(memberId))
    .where('status', '=', 'pending')
    .executeTakeFirst()
  if (gone.numDeletedRows > 0n) await envelope.eraseOwner(trx, memberId)
}

function anyDigest(eb: ExpressionBuilder<Database, 'email_claims'>, digests: readonly BlindIndex[]) {
  return eb.or(
    digests.map(({ version, digest }) =>
      eb.and([eb('email_claims.digest_version', '=', version), eb('email_claims.digest', '=', digest)]),
    ),
  )
}

/** Where a column of an account is sealed. */
export function sealedIn(memberId: MemberId, column: 'email' | 'birth_date') {
  return { owner: memberId, table: 'accounts', column, row: memberId }
}
