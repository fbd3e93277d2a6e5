import { type ErrorCode, errorCodes } from '@accord/contracts/error-code'
import type { OperationRules } from '@accord/contracts/operation'
import { Problem, problemContentType, problemType } from '@accord/contracts/problem'
import { createComponents } from '@accord/kit/http/components'
import type { TSchema } from '@sinclair/typebox'
import type { OperationObject } from '../route/openapi.ts'

const { $id: _id, ...schema } = Problem
/** Written as the services write it, or it would be another schema of the same name. */
export const problemSchema: unknown = createComponents().toSchema(schema as TSchema)

/** The operation with the problem documents that the platform itself may answer, beside those it declares. */
export function withProblemResponses(
  method: string,
  operation: OperationObject,
  rules: OperationRules,
  problem: unknown,
): OperationObject {
  const responses: Record<string, unknown> = { ...operation.responses }
  for (const code of platformCodes(method, operation, rules)) {
    const { status, title } = errorCodes[code]
    const declared = responses[status] as { description?: string } | undefined
    if (declared === undefined) responses[status] = problemResponse(code, problem)
    else if (!declared.description?.includes(`\`${code}\``)) {
      responses[status] = {
        ...declared,
        description: `${declared.description ?? ''} \`${code}\`: ${title}`.trim(),
      }
    }
  }
  return { ...operation, responses }
}

function platformCodes(method: string, operation: OperationObject, rules: OperationRules): ErrorCode[] {
  const signedIn = rules.access !== 'public' && rules.access !== 'webhook'
  const hasInput = operation.requestBody !== undefined || (operation.parameters?.length ?? 0) > 0
  return [
    'malformed_request',
    ...(signedIn ? (['unauthenticated'] as const) : []),
    ...(method !== 'get' && (signedIn || rules.setsCookies) ? (['csrf_refused'] as const) : []),
    ...(operation.requestBody === undefined
      ? []
      : (['payload_too_large', 'unsupported_media_type'] as const)),
    ...(hasInput ? (['validation_failed'] as const) : []),
    'too_many_requests',
    'internal',
    'unavailable',
    'timed_out',
  ]
}

function problemResponse(code: ErrorCode, problem: unknown) {
  const { status, title } = errorCodes[code]
  const example = { type: problemType(code), title, status, code, requestId: '6f1f3c1e-7d0c-4b7a' }
  return {
    description: `\`${code}\`: ${title}`,
    content: { [problemContentType]: { schema: problem, example } },
  }
}
