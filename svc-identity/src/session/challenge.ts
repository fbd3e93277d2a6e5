import { randomInt } from 'node:crypto'
import { fromUuid, type IdOf, type MemberId, newId, toUuid } from '@accord/contracts/id'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { codeDigest, codeDigests, isCode } from '../keyed-code.ts'
import { requestMail } from '../mail/request.ts'
import { acceptRecoveryCode, acceptTotp } from '../totp/second-factor.ts'
import { lifetime, mostChallenges, mostCodeAttempts } from './lifetime.ts'
import type { LoginChallengesTable, SecondFactor } from './tables.ts'

export type ChallengeId = IdOf<'mch'>
export type Challenge = Selectable<LoginChallengesTable>

/** Begins to wait for a second factor; for `email`, mails the code. The account must be locked. */
export async function openChallenge(
  trx: Transaction<Database>,
  deps: Deps,
  memberId: MemberId,
  methods: SecondFactor[],
): Promise<ChallengeId> {
  const challengeId = newId('mch')
  const now = deps.clock()
  const code = methods.includes('email') ? newCode() : null
  const expiresAt = new Date(now.getTime() + lifetime.challengeMs)
  await trx
    .insertInto('login_challenges')
    .values({
      id: toUuid(challengeId),
      member_id: toUuid(memberId),
      methods,
      code_digest: code === null ? null : codeDigest(deps.keyring, 'login-code', challengeId, code),
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  await dropOldest(trx, memberId)
  if (code !== null) {
    await requestMail(trx, deps, { memberId, kind: 'login_code', secret: code, challengeId, expiresAt })
  }
  return challengeId
}

/** A waiting sign-in that can still be finished. */
export function findChallenge(
  db: Kysely<Database>,
  challengeId: ChallengeId,
  now: Date,
): Promise<Challenge | undefined> {
  return db
    .selectFrom('login_challenges')
    .selectAll()
    .where('id', '=', toUuid(challengeId))
    .where('completed_at', 'is', null)
    .where('attempts', '<', mostCodeAttempts)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Counts a try and checks its code; the right one finishes the challenge. */
export async function tryCode(
  trx: Transaction<Database>,
  deps: Deps,
  challenge: Challenge,
  method: SecondFactor,
  code: string,
): Promise<boolean> {
  const right = await isRight(trx, deps, challenge, method, code)
  await trx
    .updateTable('login_challenges')
    .set(({ eb }) => ({
      attempts: eb('attempts', '+', 1),
      completed_at: right ? deps.clock() : null,
    }))
    .where('id', '=', challenge.id)
    .execute()
  return right
}

/** Forgets every sign-in that waits: what they began with is not what is asked for now. */
export async function dropChallenges(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  await trx.deleteFrom('login_challenges').where('member_id', '=', toUuid(memberId)).execute()
}

async function isRight(
  trx: Transaction<Database>,
  deps: Deps,
  challenge: Challenge,
  method: SecondFactor,
  code: string,
): Promise<boolean> {
  const memberId = fromUuid('mem', challenge.member_id)
  switch (method) {
    case 'totp':
      return acceptTotp(trx, deps, memberId, code)
    case 'recovery':
      return acceptRecoveryCode(trx, deps, memberId, code)
    case 'email': {
      if (challenge.code_digest === null) return false
      const typed = code.replaceAll(' ', '')
      const owner = fromUuid('mch', challenge.id)
      return isCode(challenge.code_digest, codeDigests(deps.keyring, 'login-code', owner, typed))
    }
  }
}

function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

async function dropOldest(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  const tooMany = trx
    .selectFrom('login_challenges')
    .select('id')
    .where('member_id', '=', toUuid(memberId))
    .where('completed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(mostChallenges)
  await trx.deleteFrom('login_challenges').where('id', 'in', tooMany).execute()
}
