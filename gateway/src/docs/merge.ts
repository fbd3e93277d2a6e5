import { accessCookie, csrfHeader } from '@accord/contracts/actor'
import { type OperationRules, operationRulesKey } from '@accord/contracts/operation'
import { serviceNames } from '@accord/contracts/service'
import type { Documents } from '../route/discovery.ts'
import type { OpenApiDocument, OperationObject, PathItemObject, TagObject } from '../route/openapi.ts'
import { problemSchema, withProblemResponses } from './problem-responses.ts'
import { createSchemaPool } from './schema-pool.ts'

const methods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete'])

/** One OpenAPI 3.1 document of all services' documents, with what the gateway adds to each operation. */
export function mergeDocuments(documents: Documents, publicUrl: string): OpenApiDocument {
  const pool = createSchemaPool()
  const tags = new Map<string, TagObject>()
  const paths: Record<string, PathItemObject> = {}
  const problem = pool.add('Problem', problemSchema)

  for (const service of serviceNames) {
    const document = documents.get(service)?.document
    if (document === undefined) continue
    const adopt = pool.adopterFor(service, document.components?.schemas ?? {})
    for (const tag of document.tags ?? []) tags.set(tag.name, tag)
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      paths[path] = Object.fromEntries(
        Object.entries(adopt(item) as PathItemObject).map(([key, value]) => [
          key,
          methods.has(key) ? finish(service, key, value as OperationObject, problem) : value,
        ]),
      )
    }
  }
  const used = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .flatMap((operation) => (operation as OperationObject).tags ?? [])
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: new URL(publicUrl).origin, description: 'This gateway' }],
    tags: [...new Set(used)].sort().map((name) => describedTag(name, tags.get(name))),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => a.localeCompare(b))),
    components: { securitySchemes, schemas: pool.schemas() },
  } as OpenApiDocument
}

const info = {
  title: 'Accord',
  version: '1.0.0',
  summary: 'The public API of Accord.',
  description: [
    'Sign in with `login`; send the access token as `Authorization: Bearer …`. A browser app sends',
    '`Accord-Session: cookie` instead and gets cookies; its writes then carry `accord-csrf: 1`.',
    '',
    'Every failure is a problem document (RFC 9457) with a stable `code` and the `requestId`.',
    'Lists are `{data, pagination}`; pass `nextCursor` back as `cursor`.',
    'Limits are told in `RateLimit` and `RateLimit-Policy`; `Retry-After` says when to come back.',
    '',
    'New messages and matches arrive over the WebSocket `/api/v1/live`; its frames, and the events inside',
    'the platform, are described in [/asyncapi.json](/asyncapi.json).',
  ].join('\n'),
  license: { name: 'MIT', identifier: 'MIT' },
}

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `accessToken` of a sign-in.',
  },
  cookie: { type: 'apiKey', in: 'cookie', name: accessCookie, description: 'Set by a sign-in of a browser.' },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: csrfHeader,
    description: 'Must be `1` on writes that carry the cookie.',
  },
}

function finish(service: string, method: string, source: OperationObject, problem: unknown): OperationObject {
  const rules = source[operationRulesKey] as OperationRules
  const operation: OperationObject = {
    ...source,
    tags: source.tags?.length ? source.tags : [service],
    summary: source.summary ?? source.operationId ?? '',
    security: securityOf(rules, method),
  }
  if (rules.upload) operation.requestBody = uploadBody(rules.upload.types)
  return withProblemResponses(method, operation, rules, problem)
}

function securityOf({ access }: OperationRules, method: string): Record<string, string[]>[] {
  if (access === 'public' || access === 'webhook') return []
  return [{ bearer: [] }, method === 'get' ? { cookie: [] } : { cookie: [], csrf: [] }]
}

function uploadBody(types: readonly string[]) {
  const schema = { type: 'string', format: 'binary' }
  return {
    required: true,
    description: 'The file itself.',
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
  }
}

const describedTag = (name: string, known: TagObject | undefined): TagObject => ({
  name,
  description: known?.description ?? `Operations on ${name}.`,
})
