import { type MailKind, mailRequested } from '@accord/contracts/event/identity'
import { type IdOf, type MemberId, newId, toUuid } from '@accord/contracts/id'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { issueLink } from './link.ts'
import type { LinkPurpose } from './tables.ts'

/** Longest that a mail without a link or code is worth sending. */
const noticeLifetimeMs = 24 * 60 * 60_000
const hour = 60 * 60_000

const kindOfPurpose = { confirm: 'confirm_address', reset: 'reset_password' } as const satisfies Record<
  LinkPurpose,
  MailKind
>

/** How many mails of a kind one recipient can be made to get. */
const allowed: Partial<Record<MailKind, { most: number; windowMs: number }>> = {
  confirm_address: { most: 5, windowMs: hour },
  address_known: { most: 3, windowMs: hour },
  reset_password: { most: 5, windowMs: hour },
  login_code: { most: 10, windowMs: hour },
}

export interface MailDraft {
  memberId: MemberId
  kind: MailKind
  /** Token of the link, or the code. */
  secret?: string
  linkHash?: Buffer
  challengeId?: IdOf<'mch'>
  expiresAt?: Date
}

/**
 * Asks for a mail. The event names only the request; address, link and code stay here, sealed, until notify
 * asks for them at the moment it sends.
 */
export async function requestMail(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope' | 'clock'>,
  draft: MailDraft,
): Promise<void> {
  const mailId = newId('eml')
  const now = deps.clock()
  await trx
    .insertInto('mail_requests')
    .values({
      id: toUuid(mailId),
      member_id: toUuid(draft.memberId),
      kind: draft.kind,
      secret_sealed:
        draft.secret === undefined
          ? null
          : await deps.envelope.encrypt(trx, mailSecret(draft.memberId, mailId), draft.secret),
      link_hash: draft.linkHash ?? null,
      challenge_id: draft.challengeId === undefined ? null : toUuid(draft.challengeId),
      created_at: now,
      expires_at: draft.expiresAt ?? new Date(now.getTime() + noticeLifetimeMs),
    })
    .execute()
  await enqueue(trx, mailRequested, { aggregateId: mailId, data: { kind: draft.kind }, clock: deps.clock })
}

/** Makes a link and asks for the mail that carries it. */
export async function requestLinkMail(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope' | 'clock'>,
  memberId: MemberId,
  purpose: LinkPurpose,
): Promise<void> {
  const { token, hash, expiresAt } = await issueLink(trx, memberId, purpose, deps.clock())
  const kind = kindOfPurpose[purpose]
  await requestMail(trx, deps, { memberId, kind, secret: token, linkHash: hash, expiresAt })
}

/**
 * Whether a recipient may get one more mail of a kind now: nobody's mailbox is a target. Counts it. A recipient is
 * a member, or the name of an address that nobody may hold yet.
 */
export async function mailAllowed(
  deps: Pick<Deps, 'throttle'>,
  recipient: string,
  kind: MailKind,
): Promise<boolean> {
  const limit = allowed[kind]
  return limit === undefined || deps.throttle.allow(`mail:${kind}:${recipient}`, limit)
}

/** Where the secret of a mail is sealed. */
export function mailSecret(memberId: MemberId, mailId: IdOf<'eml'>) {
  return { owner: memberId, table: 'mail_requests', column: 'secret', row: mailId }
}
