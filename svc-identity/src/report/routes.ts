import { ReportReason } from '@accord/contracts/event/identity'
import { Id } from '@accord/contracts/id'
import { noteWrite } from '@accord/kit/db/read-your-writes'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { Text } from '../profile/text.ts'
import { reportMember } from './report.ts'

const strict = { additionalProperties: false }

export const reportRoutes = (deps: Deps) =>
  routes().post(
    '/api/v1/users/:id/report',
    async ({ caller, params, body }) => {
      const { memberId } = caller.actor
      const report = unwrap(
        await reportMember(deps, {
          reporterId: memberId,
          reportedId: params.id,
          reason: body.reason,
          text: body.text ?? null,
          alsoBlock: body.alsoBlock ?? false,
        }),
      )
      await noteWrite(deps.db, deps.redis, memberId)
      return report
    },
    operation({
      id: 'reportMember',
      access: 'member',
      summary: 'Report a member to the moderators',
      description:
        'The reported member is not told. The same reason about the same member on one day (UTC) is one report.',
      tags: ['safety'],
      params: Type.Object({ id: Id('mem') }),
      body: Type.Object(
        {
          reason: ReportReason,
          text: Type.Optional(Text(2000, 'What happened, for the moderators.')),
          alsoBlock: Type.Optional(Type.Boolean({ description: 'Block the member as well. Default false.' })),
        },
        strict,
      ),
      response: {
        201: Type.Object({ id: Id('rep'), createdAt: Type.String({ format: 'date-time' }) }, strict),
      },
      errors: ['forbidden', 'not_found', 'account_closed'],
    }),
  )
