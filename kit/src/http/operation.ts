import type { ErrorCode } from '@accord/contracts/error-code'
import {
  type AccessKind,
  defaultMaxBodyBytes,
  type OperationRules,
  operationRulesKey,
  type RateClass,
  type UploadRule,
} from '@accord/contracts/operation'
import { type TSchema, Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { callerOf } from './caller.ts'
import { closed, strictly } from './strict.ts'

export type { Caller } from './caller.ts'

export interface OperationSpec {
  /** The one key of an operation: NATS subject, policy action, metric label, client function. camelCase. */
  id: string
  access: AccessKind
  /** A few words for the docs, without a full stop. */
  summary: string
  description?: string
  tags?: readonly string[]
  /** `default` unless told; `webhook` for the access kind of that name. */
  rate?: RateClass
  /** Largest body in bytes; 64 KiB unless told. */
  maxBodyBytes?: number
  /** The body is a raw file that the gateway has streamed into the bucket `uploads`: see `UploadReference`. */
  upload?: UploadRule
  setsCookies?: true
  cookies?: readonly string[]
  /** Plain TypeBox (`Type.*`). Numbers and booleans are read from text in params, query and headers only. */
  params?: TSchema
  query?: TSchema
  headers?: TSchema
  body?: TSchema
  /** Success answers by status. With a single one, the handler need not set the status itself. */
  response: { readonly [status: number]: TSchema }
  /** Codes it refuses with beside those that come with access, body and load. */
  errors?: readonly ErrorCode[]
}

/** What `detail` of a declared route carries for kit itself; left out of the OpenAPI document. */
export interface OperationDetail {
  operationId: string
  summary: string
  description?: string
  tags?: string[]
  [operationRulesKey]: OperationRules
  errors: readonly ErrorCode[]
  successStatus: number | null
}

type SchemaKeys = 'params' | 'query' | 'headers' | 'body' | 'response'
type OperationHook<S> = Pick<S, Extract<keyof S, SchemaKeys>> & { detail: OperationDetail }

/**
 * Declares an operation: third argument of `routes().post(path, handler, operation({…}))`.
 * Objects in `body` and `query` are made strict, recursively: a field that is not named is refused.
 * Throws at declaration for a body schema that cannot be strict.
 */
export function operation<const S extends OperationSpec>(spec: S): OperationHook<S> {
  const statuses = Object.keys(spec.response).map(Number)
  const detail: OperationDetail = {
    operationId: spec.id,
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...(spec.tags === undefined ? {} : { tags: [...spec.tags] }),
    [operationRulesKey]: rulesOf(spec),
    errors: spec.errors ?? [],
    successStatus: statuses.length === 1 ? (statuses[0] ?? null) : null,
  }
  const hook: Record<string, unknown> = { detail }
  const set = (key: SchemaKeys, make: () => unknown) => {
    hook[key] = inOperation(spec.id, make)
  }
  const { params, query, headers, body, response } = spec
  set('response', () =>
    Object.fromEntries(Object.entries(response).map(([status, schema]) => [status, closed(schema)])),
  )
  if (params !== undefined) set('params', () => strictly(params))
  if (query !== undefined) set('query', () => flat(strictly(query)))
  if (headers !== undefined) set('headers', () => headers)
  if (body !== undefined) set('body', () => (spec.access === 'webhook' ? body : strictly(body)))
  return hook as OperationHook<S>
}

/**
 * The plugin that a feature's routes start from; its handlers get `caller`:
 * `export const messageRoutes = (deps: Deps) => routes().post('/api/v1/…', handler, operation({…}))`.
 */
export function routes() {
  return new Elysia({ normalize: false }).derive(({ request }) => ({ caller: callerOf(request) }))
}

/** Schema of an empty 204 answer. */
export const NoContent = Type.Void({ description: 'Done; there is nothing to say.' })

/** Body of a `webhook` operation: the bytes as they came, for its signature. */
export const RawBody = Type.Unsafe<Uint8Array>(Type.Any({ description: 'The body, byte for byte.' }))

/** Body of an operation that declares `upload`: where the gateway has put the file. */
export const UploadReference = Type.Object(
  {
    object: Type.String({ maxLength: 128, description: 'Name in the bucket `uploads`.' }),
    size: Type.Integer({ minimum: 1, description: 'Bytes.' }),
    type: Type.String({ maxLength: 128, description: 'Content type as the client gave it.' }),
    digest: Type.String({ maxLength: 128, description: 'SHA-256 as `SHA-256=<base64url>`.' }),
  },
  { additionalProperties: false },
)

/** `headers` of an operation that takes an idempotency key. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 128,
      description: 'The same key gives the same answer for 24 hours and does the work once.',
    }),
  ),
})

/** `headers` of an operation that starts or renews a session. */
export const SessionModeHeaders = Type.Object({
  'accord-session': Type.Optional(
    Type.Union([Type.Literal('cookie'), Type.Literal('token')], {
      description: 'cookie: tokens are set as cookies and stay out of the body.',
    }),
  ),
})

function rulesOf(spec: OperationSpec): OperationRules {
  return {
    access: spec.access,
    rate: spec.rate ?? (spec.access === 'webhook' ? 'webhook' : 'default'),
    maxBodyBytes: spec.maxBodyBytes ?? defaultMaxBodyBytes,
    ...(spec.upload === undefined ? {} : { upload: spec.upload }),
    ...(spec.setsCookies === undefined ? {} : { setsCookies: true as const }),
    ...(spec.cookies === undefined ? {} : { cookies: spec.cookies }),
  }
}

/** Query strings hold plain values: a list is one comma-separated string, or belongs into a body. */
function flat(query: TSchema): TSchema {
  for (const [name, schema] of Object.entries((query.properties ?? {}) as Record<string, TSchema>)) {
    if (schema.type === 'array' || schema.type === 'object') {
      throw new Error(`the query parameter ${name} is no plain value`)
    }
  }
  return query
}

function inOperation<T>(id: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`Operation ${id}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
