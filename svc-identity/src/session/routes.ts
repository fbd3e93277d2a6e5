import { fromUuid, Id, isId, toUuid } from '@accord/contracts/id'
import { defaultPageLimit, PageOf, PageQuery } from '@accord/contracts/page'
import { AppError, unwrap } from '@accord/kit/error'
import { decodeTimeCursor, pageOf } from '@accord/kit/http/cursor'
import { NoContent, operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { endSessions } from './end.ts'
import { getOwnSession, OwnSession } from './get-own.ts'
import { listOpenSessions } from './store.ts'

const SessionView = Type.Object(
  {
    id: Id('ses'),
    current: Type.Boolean({ description: 'The session that asks.' }),
    device: Type.String({ examples: ['Firefox on Linux'] }),
    mode: Type.Union([Type.Literal('cookie'), Type.Literal('token')]),
    createdAt: Type.String(),
    lastUsedAt: Type.String(),
    expiresAt: Type.String({ description: 'When it ends if it is not used.' }),
  },
  { additionalProperties: false },
)

export const sessionRoutes = (deps: Deps) =>
  routes()
    .get(
      '/api/v1/auth/session',
      async ({ caller }) => unwrap(await getOwnSession(deps, caller.actor)),
      operation({
        id: 'getSession',
        access: 'member',
        summary: 'Who a client is signed in as',
        description: 'The session that asks, and its member.',
        tags: ['auth'],
        response: { 200: OwnSession },
        errors: ['session_revoked'],
      }),
    )
    .get(
      '/api/v1/auth/sessions',
      async ({ caller, query }) => {
        const limit = query.limit ?? defaultPageLimit
        const before = query.cursor === undefined ? null : positionIn(query.cursor)
        const { memberId, sessionId } = caller.actor
        const now = deps.clock()
        const rows = await listOpenSessions(deps.db.primary, memberId, { limit, before, now })
        const page = pageOf(rows, limit, (row) => [row.created_at.toISOString(), fromUuid('ses', row.id)])
        return {
          ...page,
          data: page.data.map((row) => ({
            id: fromUuid('ses', row.id),
            current: fromUuid('ses', row.id) === sessionId,
            device: row.label,
            mode: row.mode,
            createdAt: row.created_at.toISOString(),
            lastUsedAt: row.last_used_at.toISOString(),
            expiresAt: row.expires_at.toISOString(),
          })),
        }
      },
      operation({
        id: 'listSessions',
        access: 'member',
        summary: 'Where a member is signed in',
        tags: ['auth'],
        query: PageQuery,
        response: { 200: PageOf(SessionView) },
      }),
    )
    .delete(
      '/api/v1/auth/sessions/:id',
      async ({ caller, params }) => {
        const { memberId } = caller.actor
        const ended = await deps.db.primary
          .transaction()
          .execute((trx) => endSessions(trx, deps, memberId, { only: [params.id] }, 'ended_by_member'))
        if (ended === 0) throw new AppError('not_found')
      },
      operation({
        id: 'endSession',
        access: 'member',
        summary: 'Sign out one session',
        tags: ['auth'],
        params: Type.Object({ id: Id('ses') }),
        response: { 204: NoContent },
      }),
    )
    .delete(
      '/api/v1/auth/sessions',
      async ({ caller }) => {
        const { memberId, sessionId } = caller.actor
        await deps.db.primary
          .transaction()
          .execute((trx) => endSessions(trx, deps, memberId, { except: sessionId }, 'ended_by_member'))
      },
      operation({
        id: 'endAllSessions',
        access: 'member',
        summary: 'Sign out every other session',
        tags: ['auth'],
        response: { 204: NoContent },
      }),
    )

function positionIn(cursor: string): { createdAt: Date; id: string } {
  const { time, id } = decodeTimeCursor(cursor, (text) => isId('ses', text))
  return { createdAt: time, id: toUuid(id) }
}
