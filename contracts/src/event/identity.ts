import { type Static, Type } from '@sinclair/typebox'
import { MemberRole } from '../actor.ts'
import { Id } from '../id.ts'
import { defineEvent } from './define.ts'

const strict = { additionalProperties: false }
const member = 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d'
const other = 'mem_01k9zv8h5ae6wt3q4x7n2m0c1e'

export const Gender = Type.Union([Type.Literal('woman'), Type.Literal('man'), Type.Literal('nonbinary')])
export type Gender = Static<typeof Gender>

export const reportReasons = ['fake', 'harassment', 'underage', 'scam', 'offensive_content', 'other'] as const
export const ReportReason = Type.Union(reportReasons.map((reason) => Type.Literal(reason)))
export type ReportReason = (typeof reportReasons)[number]

/** What other services may know of a member without asking: coarse, and no text. */
export const MemberFacts = Type.Object(
  {
    role: MemberRole,
    gender: Type.Union([Gender, Type.Null()]),
    /** `YYYY-MM`. */
    birthMonth: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
    /** H3 cell of resolution 6 (about 36 km²) around the chosen city, or null. */
    cell: Type.Union([Type.String({ pattern: '^[0-9a-f]{15}$' }), Type.Null()]),
    languages: Type.Array(Type.String(), { maxItems: 20 }),
    hasPhoto: Type.Boolean(),
    /** Address confirmed and profile filled in as far as the deck needs it. */
    visible: Type.Boolean(),
  },
  strict,
)
export type MemberFacts = Static<typeof MemberFacts>

export const memberRegistered = defineEvent({
  type: 'identity.member.registered',
  aggregate: 'mem',
  version: 1,
  description: 'Somebody registered; the address is not confirmed yet.',
  data: Type.Object({ role: MemberRole }, strict),
  sample: { role: 'companion' },
})

export const memberConfirmed = defineEvent({
  type: 'identity.member.confirmed',
  aggregate: 'mem',
  version: 1,
  description: 'A member confirmed the email address.',
  data: Type.Object({}, strict),
  sample: {},
})

export const profileChanged = defineEvent({
  type: 'identity.profile.changed',
  aggregate: 'mem',
  version: 1,
  description: 'The facts that matching needs have changed. Carries all of them.',
  data: MemberFacts,
  sample: {
    role: 'companion',
    gender: 'woman',
    birthMonth: '1994-05',
    cell: '861f1d48fffffff',
    languages: ['en'],
    hasPhoto: true,
    visible: true,
  },
})

export const memberBlocked = defineEvent({
  type: 'identity.member.blocked',
  aggregate: 'mem',
  version: 1,
  description: 'The aggregate blocked another member. Mutual in effect.',
  data: Type.Object({ blockerId: Id('mem'), blockedId: Id('mem') }, strict),
  sample: { blockerId: member, blockedId: other },
})

export const memberUnblocked = defineEvent({
  type: 'identity.member.unblocked',
  aggregate: 'mem',
  version: 1,
  description: 'The aggregate took a block back.',
  data: Type.Object({ blockerId: Id('mem'), blockedId: Id('mem') }, strict),
  sample: { blockerId: member, blockedId: other },
})

export const memberReported = defineEvent({
  type: 'identity.member.reported',
  aggregate: 'mem',
  version: 1,
  description: 'The aggregate was reported; the text stays in identity.',
  data: Type.Object({ reportId: Id('rep'), reason: ReportReason }, strict),
  sample: { reportId: 'rep_01k9zv8h5ae6wt3q4x7n2m0c1d', reason: 'scam' },
})

export const memberDeleted = defineEvent({
  type: 'identity.member.deleted',
  aggregate: 'mem',
  version: 1,
  description: 'The account is closed for good: drop or erase everything about the aggregate.',
  data: Type.Object({}, strict),
  sample: {},
})

export const mailKinds = [
  'confirm_address',
  'address_known',
  'reset_password',
  'login_code',
  'security_notice',
] as const
export const MailKind = Type.Union(mailKinds.map((kind) => Type.Literal(kind)))
export type MailKind = (typeof mailKinds)[number]

export const mailRequested = defineEvent({
  type: 'identity.mail.requested',
  aggregate: 'eml',
  version: 1,
  description:
    'A mail of identity’s is to be sent. Address, link and code are asked for by rpc when it is sent.',
  data: Type.Object({ kind: MailKind }, strict),
  sample: { kind: 'confirm_address' },
})
