import { unwrap } from '@accord/kit/error'
import { NoContent, operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import { GivenPassword } from '../credential/password-rules.ts'
import type { Deps } from '../deps.ts'
import { confirmTotp } from './confirm.ts'
import { removeTotp } from './remove.ts'
import { startTotp } from './start.ts'

const strict = { additionalProperties: false }

export const totpRoutes = (deps: Deps) =>
  routes()
    .post(
      '/api/v1/auth/totp',
      async ({ body, caller }) => unwrap(await startTotp(deps, caller.actor, body.password)),
      operation({
        id: 'startTotp',
        access: 'member',
        rate: 'credentials',
        summary: 'Begin two-factor sign-in',
        description:
          'Gives a secret for an authenticator app. It counts once a code of it was confirmed. ' +
          'Needs the password, or a sign-in within the last ten minutes.',
        tags: ['auth'],
        body: Type.Object({ password: Type.Optional(GivenPassword) }, strict),
        response: {
          200: Type.Object(
            {
              secret: Type.String({ description: 'Base32, for typing.' }),
              otpauthUri: Type.String({ description: 'For a QR code.' }),
            },
            strict,
          ),
        },
        errors: ['totp_already_enabled', 'step_up_required', 'invalid_credentials'],
      }),
    )
    .post(
      '/api/v1/auth/totp/confirm',
      async ({ body, caller }) => unwrap(await confirmTotp(deps, caller.actor.memberId, body.code)),
      operation({
        id: 'confirmTotp',
        access: 'member',
        rate: 'credentials',
        summary: 'Turn two-factor sign-in on',
        description: 'With the first code of the authenticator. The recovery codes are shown only here.',
        tags: ['auth'],
        body: Type.Object(
          { code: Type.String({ minLength: 6, maxLength: 16, examples: ['123456'] }) },
          strict,
        ),
        response: { 200: Type.Object({ recoveryCodes: Type.Array(Type.String()) }, strict) },
        errors: ['totp_already_enabled', 'totp_not_enabled', 'code_invalid'],
      }),
    )
    .delete(
      '/api/v1/auth/totp',
      async ({ caller }) => {
        unwrap(await removeTotp(deps, caller.actor.memberId))
      },
      operation({
        id: 'removeTotp',
        access: 'step-up',
        rate: 'credentials',
        summary: 'Turn two-factor sign-in off',
        tags: ['auth'],
        response: { 204: NoContent },
        errors: ['totp_not_enabled'],
      }),
    )
