import { MemberRole } from '@accord/contracts/actor'
import { fromUuid, Id, type MemberId } from '@accord/contracts/id'
import type { Envelope } from '@accord/kit/crypto/envelope'
import { AppError } from '@accord/kit/error'
import { type Static, Type } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import { isTotpOn } from '../totp/store.ts'
import { findAccount, openEmail } from './store.ts'

/** A member's own account, as only the member sees it. */
export const Member = Type.Object(
  {
    id: Id('mem'),
    email: Type.String(),
    displayName: Type.String(),
    role: MemberRole,
    createdAt: Type.String(),
    emailConfirmed: Type.Boolean(),
    totpEnabled: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type Member = Static<typeof Member>

/** Reads a member's own account. Throws AppError `not_found` when there is none. */
export async function readMember(
  db: Kysely<Database>,
  envelope: Envelope,
  memberId: MemberId,
): Promise<Member> {
  const account = await findAccount(db, memberId)
  if (!account) throw new AppError('not_found')
  return {
    id: fromUuid('mem', account.id),
    email: await openEmail(db, envelope, account),
    displayName: account.display_name,
    role: account.role,
    createdAt: account.created_at.toISOString(),
    emailConfirmed: account.email_confirmed_at !== null,
    totpEnabled: await isTotpOn(db, memberId),
  }
}
