import { type Refused, refused } from '@accord/kit/error'
import { type Static, Type } from '@sinclair/typebox'

export const consentKinds = ['terms', 'privacy', 'sensitiveData', 'marketing'] as const
export type ConsentKind = (typeof consentKinds)[number]

export const ConsentKindSchema = Type.Unsafe<ConsentKind>(
  Type.Union(consentKinds.map((kind) => Type.Literal(kind))),
)

/** Without these there is no account: withdrawing one means closing it. */
export const requiredConsents: readonly ConsentKind[] = ['terms', 'privacy', 'sensitiveData']

/** Version of each text that members agree to today; raise it when the text changes. */
export const consentVersions: Record<ConsentKind, string> = {
  terms: '2026-11',
  privacy: '2026-11',
  sensitiveData: '2026-11',
  marketing: '2026-11',
}

/** What is agreed to at registration. */
export const ConsentsGiven = Type.Object(
  {
    terms: Type.Boolean({ description: 'The terms of use. Required.' }),
    privacy: Type.Boolean({ description: 'The privacy notice. Required.' }),
    sensitiveData: Type.Boolean({
      description: 'Handling what a dating profile tells of sexual orientation (GDPR, article 9). Required.',
    }),
    marketing: Type.Optional(Type.Boolean({ description: 'News by mail. Optional.' })),
  },
  { additionalProperties: false },
)
export type ConsentsGiven = Static<typeof ConsentsGiven>

/** Registration needs every required consent. */
export function checkConsents(given: ConsentsGiven): Refused<'consent_required'> | null {
  const missing = requiredConsents.filter((kind) => !given[kind])
  if (missing.length === 0) return null
  return refused('consent_required', { detail: `Missing: ${missing.join(', ')}.` })
}
