import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { MailPreferences, mailPreferencesOf, setMailPreferences } from './store.ts'

const Preferences = Type.Object({ mail: MailPreferences }, { additionalProperties: false })

export const preferenceRoutes = (deps: Deps) =>
  routes()
    .get(
      '/api/v1/notifications/preferences',
      async ({ caller }) => ({ mail: await mailPreferencesOf(deps.db.primary, caller.actor.memberId) }),
      operation({
        id: 'getNotificationPreferences',
        access: 'member',
        tags: ['notifications'],
        summary: 'Which notifications also come by mail',
        response: { 200: Preferences },
      }),
    )
    .put(
      '/api/v1/notifications/preferences',
      async ({ caller, body }) => {
        await setMailPreferences(deps.db.primary, caller.actor.memberId, body.mail, deps.clock())
        return body
      },
      operation({
        id: 'setNotificationPreferences',
        access: 'member',
        tags: ['notifications'],
        summary: 'Choose which notifications also come by mail',
        body: Preferences,
        response: { 200: Preferences },
      }),
    )
