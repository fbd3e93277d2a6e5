import { unwrap } from '@accord/kit/error'
import { NoContent, operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import { EmailAddress } from '../account/email-address.ts'
import type { Deps } from '../deps.ts'
import { LinkToken } from '../mail/link.ts'
import { changePassword } from './change.ts'
import { inEvenTime } from './even-time.ts'
import { forgotPassword } from './forgot.ts'
import { GivenPassword, NewPassword } from './password-rules.ts'
import { resetPassword } from './reset.ts'

const strict = { additionalProperties: false }

export const credentialRoutes = (deps: Deps) =>
  routes()
    .post(
      '/api/v1/auth/password/forgot',
      ({ body }) => inEvenTime(deps.config.EVEN_ANSWER_MS, () => forgotPassword(deps, body.email)),
      operation({
        id: 'forgotPassword',
        access: 'public',
        rate: 'credentials',
        summary: 'Mail a link for a new password',
        description: 'The answer is the same whether or not the address is known.',
        tags: ['auth'],
        body: Type.Object({ email: EmailAddress }, strict),
        response: { 202: Type.Object({ status: Type.Literal('reset_sent') }, strict) },
      }),
    )
    .post(
      '/api/v1/auth/password/reset',
      async ({ body }) => {
        unwrap(await resetPassword(deps, body))
      },
      operation({
        id: 'resetPassword',
        access: 'public',
        rate: 'credentials',
        summary: 'Set a new password by a mailed link',
        description: 'The link works once, for an hour. Every session of the member ends.',
        tags: ['auth'],
        body: Type.Object({ token: LinkToken, password: NewPassword }, strict),
        response: { 204: NoContent },
        errors: ['link_invalid', 'password_too_weak'],
      }),
    )
    .post(
      '/api/v1/auth/password/change',
      async ({ body, caller }) => {
        unwrap(await changePassword(deps, caller.actor, body))
      },
      operation({
        id: 'changePassword',
        access: 'member',
        rate: 'credentials',
        summary: 'Change the password',
        description: 'Every other session of the member ends.',
        tags: ['auth'],
        body: Type.Object({ currentPassword: GivenPassword, newPassword: NewPassword }, strict),
        response: { 204: NoContent },
        errors: ['invalid_credentials', 'password_too_weak'],
      }),
    )
