import { deviceCookie, refreshCookie, sessionModeHeader } from '@accord/contracts/actor'
import {
  accessKinds,
  type OperationRules,
  operationIdPattern,
  operationRulesKey,
  rateLimits,
} from '@accord/contracts/operation'
import { type ServiceName, serviceOfPath } from '@accord/contracts/service'
import { maxWireBodyBytes } from '@accord/kit/http/wire'
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { OpenApiDocument, OperationObject, ParameterObject } from './openapi.ts'
import type { Method, Operation } from './operation.ts'

const maxOperations = 300
const maxUploadBytes = 64 * 1024 * 1024

const Rules = TypeCompiler.Compile(
  Type.Object(
    {
      access: Type.Union(accessKinds.map((kind) => Type.Literal(kind))),
      rate: Type.Union(Object.keys(rateLimits).map((rate) => Type.Literal(rate))),
      maxBodyBytes: Type.Integer({ minimum: 0, maximum: maxWireBodyBytes }),
      upload: Type.Optional(
        Type.Object(
          {
            maxBytes: Type.Integer({ minimum: 1, maximum: maxUploadBytes }),
            types: Type.Array(Type.String({ pattern: '^[a-z]+/[a-z0-9.+-]+$' }), {
              minItems: 1,
              maxItems: 20,
            }),
          },
          { additionalProperties: false },
        ),
      ),
      setsCookies: Type.Optional(Type.Literal(true)),
      cookies: Type.Optional(
        Type.Array(Type.Union([Type.Literal(refreshCookie), Type.Literal(deviceCookie)]), { maxItems: 2 }),
      ),
    },
    { additionalProperties: false },
  ),
)

const parameters = Type.Optional(Type.Array(Type.Object({ name: Type.String(), in: Type.String() })))
const operation = Type.Optional(Type.Object({ operationId: Type.Optional(Type.String()), parameters }))
const pathItem = Type.Object({
  parameters,
  get: operation,
  post: operation,
  put: operation,
  patch: operation,
  delete: operation,
})

/** The shape that everything below relies on. */
const Readable = TypeCompiler.Compile(
  Type.Object({ paths: Type.Optional(Type.Record(Type.String(), pathItem)) }),
)

export interface CheckedDocument {
  operations: Operation[]
  /** What is wrong with it, a sentence each; a document with any is refused whole. */
  faults: string[]
}

/** Reads a service's document: every operation has its access rule, and lies where the service may be. */
export function checkDocument(service: ServiceName, document: OpenApiDocument): CheckedDocument {
  if (!Readable.Check(document)) {
    const first = Readable.Errors(document).First()
    return { operations: [], faults: [`not an OpenAPI document: ${first?.path} ${first?.message}`] }
  }
  const operations: Operation[] = []
  const faults: string[] = []
  const ids = new Set<string>()

  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const place = faultOfPath(service, path)
    if (place !== null) faults.push(place)
    for (const [key, value] of Object.entries(item ?? {})) {
      if (key === 'parameters' || key === 'summary' || key === 'description') continue
      const method = methods.get(key)
      const where = `${key.toUpperCase()} ${path}`
      if (method === undefined) {
        faults.push(`${where}: this method cannot be routed`)
        continue
      }
      const operation = readOperation(service, method, path, value as OperationObject, item.parameters ?? [])
      if ('fault' in operation) faults.push(`${where}: ${operation.fault}`)
      else if (ids.has(operation.id)) faults.push(`${where}: operationId ${operation.id} is used twice`)
      else {
        ids.add(operation.id)
        operations.push(operation)
      }
    }
  }
  if (operations.length > maxOperations) faults.push(`more than ${maxOperations} operations`)
  if (operations.length === 0 && faults.length === 0) faults.push('no operations')
  return { operations, faults }
}

const methods = new Map<string, Method>([
  ['get', 'GET'],
  ['post', 'POST'],
  ['put', 'PUT'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
])

function faultOfPath(service: ServiceName, path: string): string | null {
  if (serviceOfPath(path) !== service) return `${path}: outside of what ${service} owns`
  const segments = path.split('/').slice(1)
  const names = segments.filter((segment) => segment.startsWith('{'))
  if (segments.some((segment) => !literalSegment.test(segment) && !parameterSegment.test(segment)))
    return `${path}: has a segment that is neither plain nor one whole {placeholder}`
  return new Set(names).size === names.length ? null : `${path}: a placeholder is used twice`
}

const literalSegment = /^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/
const parameterSegment = /^\{[A-Za-z][A-Za-z0-9]*\}$/

function readOperation(
  service: ServiceName,
  method: Method,
  template: string,
  source: OperationObject,
  shared: readonly ParameterObject[],
): Operation | { fault: string } {
  const id = source.operationId ?? ''
  if (!operationIdPattern.test(id) || id === 'openapi') return { fault: `operationId "${id}" is not usable` }
  const rules: unknown = source[operationRulesKey]
  if (rules === undefined) return { fault: `${id} has no access rule (${operationRulesKey})` }
  if (!Rules.Check(rules)) {
    const first = Rules.Errors(rules).First()
    return { fault: `${id} has an invalid ${operationRulesKey}: ${first?.path} ${first?.message}` }
  }
  const accepted = rules as OperationRules
  if (service !== 'identity' && (accepted.setsCookies || accepted.cookies?.length))
    return { fault: `${id}: only identity's operations may set or read cookies` }

  const parameters = [...shared, ...(source.parameters ?? [])]
  const headers = parameters.filter((p) => p.in === 'header').map((p) => p.name.toLowerCase())
  const refusedHeader = headers.find((name) => ownHeaders.has(name))
  if (refusedHeader !== undefined) return { fault: `${id}: the header ${refusedHeader} is not handed on` }
  return {
    id,
    service,
    method,
    template,
    subject: `http.${service}.${id}`,
    rules: accepted,
    headers: [...new Set([...headers, ...(accepted.setsCookies ? [sessionModeHeader] : [])])],
    cookies: accepted.cookies ?? [],
  }
}

/** What the gateway itself consumes: a service that saw these could act as somebody else, or log a secret. */
const ownHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'x-forwarded-for',
])
