import { type MemberId, toUuid } from '@accord/contracts/id'
import { type Static, Type } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import {
  type ConsentKind,
  ConsentKindSchema,
  consentKinds,
  consentVersions,
  requiredConsents,
} from './rules.ts'

const strict = { additionalProperties: false }
const Time = Type.String({ format: 'date-time' })

export const Consents = Type.Object(
  {
    consents: Type.Array(
      Type.Object(
        {
          kind: ConsentKindSchema,
          granted: Type.Boolean(),
          required: Type.Boolean({ description: 'Cannot be withdrawn while the account exists.' }),
          version: Type.Union([Type.String(), Type.Null()], {
            description: 'Of the text that was decided on.',
          }),
          currentVersion: Type.String(),
          decidedAt: Type.Union([Time, Type.Null()]),
        },
        strict,
      ),
    ),
    history: Type.Array(
      Type.Object(
        { kind: ConsentKindSchema, granted: Type.Boolean(), version: Type.String(), decidedAt: Time },
        strict,
      ),
      { description: 'Every decision, the latest first; 100 at most.' },
    ),
  },
  { ...strict, $id: 'Consents' },
)
export type Consents = Static<typeof Consents>

/** What a member agrees to at present, and how it came about. */
export async function readConsents(db: Kysely<Database>, memberId: MemberId): Promise<Consents> {
  const current = await currentConsents(db, memberId)
  const history = await db
    .selectFrom('consents')
    .where('member_id', '=', toUuid(memberId))
    .select(['kind', 'granted', 'version', 'recorded_at'])
    .orderBy('position', 'desc')
    .limit(100)
    .execute()
  return {
    consents: consentKinds.map((kind) => {
      const latest = current.get(kind)
      return {
        kind,
        granted: latest?.granted ?? false,
        required: requiredConsents.includes(kind),
        version: latest?.version ?? null,
        currentVersion: consentVersions[kind],
        decidedAt: latest?.recorded_at.toISOString() ?? null,
      }
    }),
    history: history.map(({ kind, granted, version, recorded_at }) => ({
      kind,
      granted,
      version,
      decidedAt: recorded_at.toISOString(),
    })),
  }
}

/** The latest decision of each kind. */
export async function currentConsents(
  db: Kysely<Database>,
  memberId: MemberId,
): Promise<Map<ConsentKind, { granted: boolean; version: string; recorded_at: Date }>> {
  const rows = await db
    .selectFrom('consents')
    .where('member_id', '=', toUuid(memberId))
    .distinctOn('kind')
    .select(['kind', 'granted', 'version', 'recorded_at'])
    .orderBy('kind')
    .orderBy('position', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.kind, row]))
}
