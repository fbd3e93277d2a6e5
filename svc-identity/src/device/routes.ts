import { fromUuid, Id } from '@accord/contracts/id'
import { PageOf } from '@accord/contracts/page'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { listDevices, mostDevices } from './store.ts'

const DeviceView = Type.Object(
  {
    id: Id('dev'),
    label: Type.String({ examples: ['Firefox on Linux'] }),
    createdAt: Type.String(),
    lastSeenAt: Type.String(),
    trusted: Type.Boolean({ description: 'The second factor is not asked here for now.' }),
  },
  { additionalProperties: false },
)

export const deviceRoutes = (deps: Deps) =>
  routes().get(
    '/api/v1/auth/devices',
    async ({ caller }) => {
      const devices = await listDevices(deps.db.primary, caller.actor.memberId)
      const now = deps.clock()
      return {
        data: devices.map((device) => ({
          id: fromUuid('dev', device.id),
          label: device.label,
          createdAt: device.created_at.toISOString(),
          lastSeenAt: device.last_seen_at.toISOString(),
          trusted: device.trusted_until !== null && device.trusted_until > now,
        })),
        // There are never more than one page: older devices are forgotten.
        pagination: { hasNextPage: false, nextCursor: null, limit: mostDevices },
      }
    },
    operation({
      id: 'listDevices',
      access: 'member',
      summary: 'Devices a member has signed in from',
      tags: ['auth'],
      response: { 200: PageOf(DeviceView) },
    }),
  )
