import type { contact, mail } from '@accord/contracts/call/identity'
import { fromUuid, type IdOf, type MemberId, toUuid } from '@accord/contracts/id'
import type { Static } from '@sinclair/typebox'
import { findAccount, openEmail } from '../account/store.ts'
import type { Deps } from '../deps.ts'
import { mailSecret } from './request.ts'

type Mail = Static<typeof mail.response>['mail']
type Contact = Static<typeof contact.response>['contact']

/** A requested mail; null once it has expired, its link or code is used, or its member is gone. */
export async function readMail(deps: Deps, mailId: IdOf<'eml'>): Promise<Mail> {
  const db = deps.db.primary
  const row = await findDue(deps, mailId)
  if (!row) return null
  const memberId = fromUuid('mem', row.member_id)
  const account = await findAccount(db, memberId)
  if (!account || account.status === 'closed') return null
  const secret =
    row.secret_sealed === null
      ? null
      : await deps.envelope.decrypt(db, mailSecret(memberId, mailId), row.secret_sealed)
  return {
    kind: row.kind,
    to: await openEmail(db, deps.envelope, account),
    displayName: account.display_name,
    locale: account.locale,
    link: row.link_hash && secret ? linkTo(deps.config.PUBLIC_URL, row.kind, secret) : null,
    code: row.challenge_id ? secret : null,
    expiresAt: secret === null ? null : row.expires_at.toISOString(),
  }
}

/** Where an active member is reached. */
export async function readContact(deps: Deps, memberId: MemberId): Promise<Contact> {
  const account = await findAccount(deps.db.primary, memberId)
  if (account?.status !== 'active') return null
  return {
    email: await openEmail(deps.db.primary, deps.envelope, account),
    displayName: account.display_name,
    locale: account.locale,
  }
}

function findDue(deps: Deps, mailId: IdOf<'eml'>) {
  return deps.db.primary
    .selectFrom('mail_requests as mail')
    .leftJoin('link_tokens as link', (join) =>
      join.onRef('link.member_id', '=', 'mail.member_id').onRef('link.token_hash', '=', 'mail.link_hash'),
    )
    .leftJoin('login_challenges as challenge', 'challenge.id', 'mail.challenge_id')
    .selectAll('mail')
    .where('mail.id', '=', toUuid(mailId))
    .where('mail.expires_at', '>', deps.clock())
    .where((eb) => eb.or([eb('mail.link_hash', 'is', null), eb('link.used_at', 'is', null)]))
    .where((eb) => eb.or([eb('mail.link_hash', 'is', null), eb('link.token_hash', 'is not', null)]))
    .where((eb) =>
      eb.or([
        eb('mail.challenge_id', 'is', null),
        eb.and([eb('challenge.id', 'is not', null), eb('challenge.completed_at', 'is', null)]),
      ]),
    )
    .executeTakeFirst()
}

function linkTo(publicUrl: string, kind: string, token: string): string {
  const link = new URL(kind === 'reset_password' ? '/reset' : '/confirm', publicUrl)
  link.searchParams.set('token', token)
  return link.href
}
