import { memberReported, type ReportReason } from '@accord/contracts/event/identity'
import { fromUuid, type MemberId, newId, toUuid } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import { memberExists, storeBlock, tellOthers } from '../block/block.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { lockOwnAccount } from '../profile/own-account.ts'
import { textOrNull } from '../profile/text.ts'

export interface ReportDraft {
  reporterId: MemberId
  reportedId: MemberId
  reason: ReportReason
  text: string | null
  alsoBlock: boolean
}

export interface FiledReport {
  id: `rep_${string}`
  createdAt: string
}

export type ReportRefusal = 'forbidden' | 'not_found' | 'account_closed'

/**
 * Stores a report for the moderators. The same reason about the same member on the same UTC day is the same
 * report: the first one is answered, and its text stays.
 */
export async function reportMember(
  deps: Pick<Deps, 'db' | 'clock' | 'envelope' | 'call' | 'log'>,
  draft: ReportDraft,
): Promise<FiledReport | Refused<ReportRefusal>> {
  const { reporterId, reportedId, alsoBlock } = draft
  if (reporterId === reportedId) return refused('forbidden', { detail: 'You cannot report yourself.' })
  const answer = await deps.db.primary.transaction().execute(async (trx) => {
    const closed = await lockOwnAccount(trx, reporterId)
    if (closed) return closed
    if (!(await memberExists(trx, reportedId))) return refused('not_found')
    // A report counts also where there is no room for one more block: its refusal is not the report's.
    const block = () => (alsoBlock ? storeBlock(trx, deps, reporterId, reportedId) : null)
    // Each step locks the aggregate of its event: by id, so that two who report each other do not deadlock.
    if (reportedId > reporterId) await block()
    const report = await fileReport(trx, deps, draft)
    if (reportedId < reporterId) await block()
    return report
  })
  if ('id' in answer && alsoBlock) await tellOthers(deps, reporterId, reportedId)
  return answer
}

async function fileReport(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'envelope'>,
  draft: ReportDraft,
): Promise<FiledReport> {
  const now = deps.clock()
  const [reporter, reported] = [toUuid(draft.reporterId), toUuid(draft.reportedId)]
  const key = { reporter_id: reporter, reported_id: reported, reason: draft.reason, created_on: dayOf(now) }
  const id = newId('rep')
  const text = textOrNull(draft.text)
  const binding = reportTextBinding(draft.reporterId, id)
  const text_sealed = text === null ? null : await deps.envelope.encrypt(trx, binding, text)
  const made = await trx
    .insertInto('reports')
    .values({ ...key, id: toUuid(id), text_sealed, created_at: now })
    .onConflict((conflict) =>
      conflict.columns(['reporter_id', 'reported_id', 'reason', 'created_on']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (!made) return earlierReport(trx, key)
  await enqueue(trx, memberReported, {
    aggregateId: draft.reportedId,
    data: { reportId: id, reason: draft.reason },
    // Who reported is nobody's business outside of this service.
    actor: null,
    clock: deps.clock,
  })
  return { id, createdAt: now.toISOString() }
}

async function earlierReport(
  trx: Transaction<Database>,
  key: { reporter_id: string; reported_id: string; reason: ReportReason; created_on: string },
): Promise<FiledReport> {
  const earlier = await trx
    .selectFrom('reports')
    .where('reporter_id', '=', key.reporter_id)
    .where('reported_id', '=', key.reported_id)
    .where('reason', '=', key.reason)
    .where('created_on', '=', key.created_on)
    .select(['id', 'created_at'])
    .executeTakeFirstOrThrow()
  return { id: fromUuid('rep', earlier.id), createdAt: earlier.created_at.toISOString() }
}

/** Sealed with the reporter as owner: the words go when the one who wrote them goes. */
export function reportTextBinding(reporterId: MemberId, reportId: string) {
  return { owner: reporterId, table: 'reports', column: 'text', row: reportId }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
