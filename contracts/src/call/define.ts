import type { Static, TSchema } from '@sinclair/typebox'
import type { ServiceName } from '../service.ts'

/** An internal request/reply: JSON on `rpc.<service>.<verb>`. */
export interface CallContract<Q extends TSchema = TSchema, A extends TSchema = TSchema> {
  service: ServiceName
  verb: string
  subject: string
  description: string
  request: Q
  response: A
  /** Default deadline in milliseconds. */
  timeoutMs: number
  samples: { request: Static<Q>; response: Static<A> }
}

/** Declares a call. */
export function defineCall<Q extends TSchema, A extends TSchema>(
  contract: Omit<CallContract<Q, A>, 'subject'>,
): CallContract<Q, A> {
  return { ...contract, subject: `rpc.${contract.service}.${contract.verb}` }
}
