import type { Clock } from '@accord/kit/clock'
import { AppError } from '@accord/kit/error'
import type { WireResponse } from '@accord/kit/http/wire'
import { mayUse } from '../auth/access-rule.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import type { OperationCall } from '../gateway.ts'
import type { RouteTable } from '../route/table.ts'
import type { Forward } from './forward.ts'

/** Performs operations by id for features inside the gateway, under the same rules as over HTTP. */
export function createForwardById(o: {
  table: () => RouteTable
  authenticator: Authenticator
  forward: Forward
  clock: Clock
}) {
  return async (operationId: string, call: OperationCall): Promise<WireResponse> => {
    const operation = o.table().byId(operationId)
    if (operation === undefined) throw new AppError('unavailable', { retryAfterSeconds: 2 })
    const refusal = o.authenticator.recheck(call.auth) ?? mayUse(operation.rules.access, call.auth, o.clock)
    if (refusal !== null) throw new AppError(refusal.refused, { detail: refusal.detail })

    const { params, query, body, ...rest } = call
    const json = body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body))
    if (json.length > operation.rules.maxBodyBytes) throw new AppError('payload_too_large')
    return o.forward({
      ...rest,
      operation,
      target: targetOf(operation.template, params ?? {}, query),
      headers: {},
      body: json,
      ...(body === undefined ? {} : { contentType: 'application/json' }),
    })
  }
}

/** Fills in a template: `/a/{id}` with `{id: 'x'}`. Throws an Error for a placeholder without a value. */
export function targetOf(
  template: string,
  params: Record<string, string>,
  query?: Record<string, string>,
): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${template} needs a value for ${name}`)
    return encodeURIComponent(value)
  })
  return query === undefined ? path : `${path}?${new URLSearchParams(query)}`
}
