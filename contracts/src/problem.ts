import { type Static, Type } from '@sinclair/typebox'

/** One field that was not accepted: where it is (JSON Pointer, RFC 6901), and what was expected. Never its value. */
export const FieldProblem = Type.Object(
  {
    path: Type.String({ description: 'JSON Pointer to the field.', examples: ['/birthDate'] }),
    in: Type.Union([
      Type.Literal('body'),
      Type.Literal('query'),
      Type.Literal('path'),
      Type.Literal('header'),
      Type.Literal('cookie'),
    ]),
    expected: Type.String({ examples: ['string with format date'] }),
  },
  { additionalProperties: false },
)
export type FieldProblem = Static<typeof FieldProblem>

/** A problem document (RFC 9457). `code` is stable and made for programs; `title` is safe to show. */
export const Problem = Type.Object(
  {
    type: Type.String({ examples: ['https://accord.example/problems/validation_failed'] }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    requestId: Type.String(),
    fields: Type.Optional(Type.Array(FieldProblem)),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false, $id: 'Problem' },
)
export type Problem = Static<typeof Problem>

export const problemContentType = 'application/problem+json'

/** The `type` member of the problem document of a code. */
export function problemType(code: string): string {
  return `https://accord.example/problems/${code}`
}
