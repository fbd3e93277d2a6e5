import { ReportReason } from '@accord/contracts/event/identity'
import { fromUuid, Id, type MemberId, toUuid } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { type Static, Type } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import { Member, readMember } from '../account/member.ts'
import { Consents, readConsents } from '../consent/read.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { listDevices } from '../device/store.ts'
import type { PresentPhoto } from '../photo/present.ts'
import { loadProfiles } from '../profile/load.ts'
import { ownProfile } from '../profile/own.ts'
import { OwnProfile } from '../profile/schema.ts'
import { reportTextBinding } from '../report/report.ts'

const strict = { additionalProperties: false }
const Time = Type.String({ format: 'date-time' })
/** Far above what anybody has; a bound all the same. */
const most = 10_000

export const DataExport = Type.Object(
  {
    exportedAt: Time,
    account: Member,
    profile: OwnProfile,
    consents: Consents,
    sessions: Type.Array(
      Type.Object(
        {
          id: Id('ses'),
          device: Type.String(),
          createdAt: Time,
          lastUsedAt: Time,
          endedAt: Type.Union([Time, Type.Null()]),
        },
        strict,
      ),
    ),
    devices: Type.Array(
      Type.Object(
        {
          id: Id('dev'),
          label: Type.String(),
          createdAt: Time,
          lastSeenAt: Time,
          trustedUntil: Type.Union([Time, Type.Null()]),
        },
        strict,
      ),
    ),
    blocks: Type.Array(Type.Object({ memberId: Id('mem'), blockedAt: Time }, strict)),
    reports: Type.Array(
      Type.Object(
        {
          id: Id('rep'),
          memberId: Id('mem'),
          reason: Type.Unsafe<ReportReason>(ReportReason),
          text: Type.Union([Type.String(), Type.Null()]),
          createdAt: Time,
        },
        strict,
      ),
    ),
  },
  { ...strict, $id: 'DataExport' },
)
export type DataExport = Static<typeof DataExport>

/** Everything that identity holds about a member and that is the member's to have, readable. */
export async function exportData(
  deps: Pick<Deps, 'db' | 'envelope' | 'clock'>,
  present: PresentPhoto,
  memberId: MemberId,
): Promise<DataExport | Refused<'account_closed'>> {
  const db = deps.db.primary
  const [profile] = await loadProfiles(db, deps.envelope, [memberId])
  if (!profile) return refused('account_closed')
  return {
    exportedAt: deps.clock().toISOString(),
    account: await readMember(db, deps.envelope, memberId),
    profile: ownProfile(profile, present),
    consents: await readConsents(db, memberId),
    sessions: await readSessions(db, memberId),
    devices: await readDevices(db, memberId),
    blocks: await readBlocks(db, memberId),
    reports: await readReports(db, deps, memberId),
  }
}

async function readSessions(db: Kysely<Database>, memberId: MemberId): Promise<DataExport['sessions']> {
  const rows = await db
    .selectFrom('sessions')
    .where('member_id', '=', toUuid(memberId))
    .select(['id', 'label', 'created_at', 'last_used_at', 'ended_at'])
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    id: fromUuid('ses', row.id),
    device: row.label,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }))
}

async function readDevices(db: Kysely<Database>, memberId: MemberId): Promise<DataExport['devices']> {
  const rows = await listDevices(db, memberId)
  return rows.map((row) => ({
    id: fromUuid('dev', row.id),
    label: row.label,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    trustedUntil: row.trusted_until?.toISOString() ?? null,
  }))
}

async function readBlocks(db: Kysely<Database>, memberId: MemberId): Promise<DataExport['blocks']> {
  const rows = await db
    .selectFrom('blocks')
    .where('member_id', '=', toUuid(memberId))
    .where('made', '=', true)
    .select(['other_id', 'created_at'])
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    memberId: fromUuid('mem', row.other_id),
    blockedAt: row.created_at.toISOString(),
  }))
}

async function readReports(
  db: Kysely<Database>,
  { envelope }: Pick<Deps, 'envelope'>,
  memberId: MemberId,
): Promise<DataExport['reports']> {
  const rows = await db
    .selectFrom('reports')
    .where('reporter_id', '=', toUuid(memberId))
    .select(['id', 'reported_id', 'reason', 'text_sealed', 'created_at'])
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
  const texts = await envelope.decryptMany(
    db,
    rows.map((row) => ({
      binding: reportTextBinding(memberId, fromUuid('rep', row.id)),
      sealed: row.text_sealed,
    })),
  )
  return rows.map((row, index) => ({
    id: fromUuid('rep', row.id),
    memberId: fromUuid('mem', row.reported_id),
    reason: row.reason,
    text: texts[index] ?? null,
    createdAt: row.created_at.toISOString(),
  }))
}
