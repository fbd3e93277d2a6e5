import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import { Type } from '@sinclair/typebox'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { hashToken, mintToken, type OpaqueToken, uuidsOf } from '../opaque-token.ts'
import type { LinkPurpose } from './tables.ts'

/** The token of a mailed link, as a client sends it back. */
export const LinkToken = Type.String({ minLength: 1, maxLength: 128, description: 'From the mailed link.' })

/** How long a mailed link works, in milliseconds. */
export const linkLifetimeMs = { confirm: 24 * 60 * 60_000, reset: 60 * 60_000 } as const satisfies Record<
  LinkPurpose,
  number
>

/** Makes a link for a member; only its hash is stored here. */
export async function issueLink(
  trx: Transaction<Database>,
  memberId: MemberId,
  purpose: LinkPurpose,
  now: Date,
): Promise<OpaqueToken & { expiresAt: Date }> {
  const minted = mintToken(toUuid(memberId))
  const expiresAt = new Date(now.getTime() + linkLifetimeMs[purpose])
  await trx
    .insertInto('link_tokens')
    .values({
      member_id: toUuid(memberId),
      token_hash: minted.hash,
      purpose,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return { ...minted, expiresAt }
}

/** Whose link it is, if it can still be used; leaves it as it is. */
export async function peekLink(
  db: Kysely<Database>,
  token: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<MemberId | null> {
  const [member] = uuidsOf(token, 1) ?? []
  if (member === undefined) return null
  const row = await db
    .selectFrom('link_tokens')
    .select('member_id')
    .where('member_id', '=', member)
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row ? fromUuid('mem', row.member_id) : null
}

/** Uses a link up, and with it every other of its purpose. Null when it was used, has expired or never was. */
export async function takeLink(
  trx: Transaction<Database>,
  token: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<MemberId | null> {
  const [member] = uuidsOf(token, 1) ?? []
  if (member === undefined) return null
  // One statement decides who was first; the row lock makes the second see used_at.
  const taken = await trx
    .updateTable('link_tokens')
    .set({ used_at: now })
    .where('member_id', '=', member)
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (taken.numUpdatedRows === 0n) return null
  const memberId = fromUuid('mem', member)
  await voidLinks(trx, memberId, purpose, now)
  return memberId
}

/** Makes every unused link of a purpose useless. */
export async function voidLinks(
  trx: Transaction<Database>,
  memberId: MemberId,
  purpose: LinkPurpose,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('link_tokens')
    .set({ used_at: now })
    .where('member_id', '=', toUuid(memberId))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .execute()
}
