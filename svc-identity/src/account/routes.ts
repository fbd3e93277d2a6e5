import { MemberRole } from '@accord/contracts/actor'
import { Locale } from '@accord/contracts/locale'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import { ConsentsGiven } from '../consent/rules.ts'
import { inEvenTime } from '../credential/even-time.ts'
import { NewPassword } from '../credential/password-rules.ts'
import type { Deps } from '../deps.ts'
import { LinkToken } from '../mail/link.ts'
import { profileLimits } from '../profile/schema.ts'
import { Line } from '../profile/text.ts'
import { verifyEmail } from './confirm.ts'
import { EmailAddress } from './email-address.ts'
import { parseRegistration } from './parse-registration.ts'
import { register } from './register.ts'
import { resendVerification } from './resend.ts'

const strict = { additionalProperties: false }

const Sent = Type.Object({ status: Type.Literal('confirmation_sent') }, strict)

const Registration = Type.Object(
  {
    email: EmailAddress,
    password: NewPassword,
    role: MemberRole,
    birthDate: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: 'Accord is for adults of 18 or older.',
      examples: ['1994-05-17'],
    }),
    displayName: Line(profileLimits.displayName, 'The name others see.'),
    consents: ConsentsGiven,
    locale: Type.Optional(Locale),
  },
  strict,
)

export const accountRoutes = (deps: Deps) =>
  routes()
    .post(
      '/api/v1/auth/register',
      ({ body }) => {
        const registration = parseRegistration(body, deps.clock())
        return inEvenTime(deps.config.EVEN_ANSWER_MS, async () => unwrap(await register(deps, registration)))
      },
      operation({
        id: 'register',
        access: 'public',
        rate: 'credentials',
        summary: 'Register',
        description:
          'Mails a link to confirm the address, in English unless told. The answer does not tell whether the address is known.',
        tags: ['auth'],
        body: Registration,
        response: { 202: Sent },
        errors: ['under_age', 'consent_required', 'password_too_weak'],
      }),
    )
    .post(
      '/api/v1/auth/verify-email',
      async ({ body }) => unwrap(await verifyEmail(deps, body.token)),
      operation({
        id: 'verifyEmail',
        access: 'public',
        rate: 'credentials',
        summary: 'Confirm an email address',
        description: 'With the token of the mailed link, which works once, for 24 hours.',
        tags: ['auth'],
        body: Type.Object({ token: LinkToken }, strict),
        response: { 200: Type.Object({ status: Type.Literal('confirmed') }, strict) },
        errors: ['link_invalid'],
      }),
    )
    .post(
      '/api/v1/auth/verify-email/resend',
      ({ body }) => inEvenTime(deps.config.EVEN_ANSWER_MS, () => resendVerification(deps, body.email)),
      operation({
        id: 'resendVerification',
        access: 'public',
        rate: 'credentials',
        summary: 'Mail the confirmation link again',
        description: 'The answer is the same whether or not anybody waits for it.',
        tags: ['auth'],
        body: Type.Object({ email: EmailAddress }, strict),
        response: { 202: Sent },
      }),
    )
