import { createHash } from 'node:crypto'
import { type ErrorCode, errorCodes } from '@accord/contracts/error-code'
import { type OperationRules, operationRulesKey } from '@accord/contracts/operation'
import { Problem, problemContentType } from '@accord/contracts/problem'
import type { TSchema } from '@sinclair/typebox'
import { createComponents } from './components.ts'
import type { RegisteredOperation } from './operations.ts'

export interface ServiceDocument {
  openapi: '3.1.1'
  info: { title: string; version: string }
  paths: Record<string, Record<string, unknown>>
  components: { schemas: Record<string, unknown> }
}

type ToSchema = (schema: TSchema) => unknown

/**
 * The OpenAPI 3.1 document of a service: paths and schemas. Servers, security schemes, tags and the problem
 * documents of the platform are the gateway's. TypeBox is JSON Schema already and goes in as it is;
 * @elysiajs/openapi is not used since it lists three media types for each body and none under a parser of our
 * own, and drops `null` from nullable enums (1.4.16).
 */
export function createDocument(
  service: string,
  version: string,
  operations: readonly RegisteredOperation[],
): ServiceDocument {
  const { toSchema, schemas } = createComponents()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:([A-Za-z0-9]+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, toSchema) }
  }
  return { openapi: '3.1.1', info: { title: `Accord ${service}`, version }, paths, components: { schemas } }
}

/** What tells two documents apart; instances of a service that agree on it answer alike. */
export function hashOfDocument(document: ServiceDocument): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 32)
}

function describe({ detail, schemas }: RegisteredOperation, toSchema: ToSchema) {
  const rules = detail[operationRulesKey]
  return {
    operationId: detail.operationId,
    summary: detail.summary,
    ...(detail.description === undefined ? {} : { description: detail.description }),
    ...(detail.tags === undefined ? {} : { tags: detail.tags }),
    [operationRulesKey]: rules,
    parameters: [
      ...parameters('path', schemas.params, toSchema),
      ...parameters('query', schemas.query, toSchema),
      ...parameters('header', schemas.headers, toSchema),
    ],
    ...(schemas.body === undefined ? {} : { requestBody: requestBody(rules, schemas.body, toSchema) }),
    responses: {
      ...successes(schemas.response, toSchema),
      ...failures([...accessErrors(rules), ...detail.errors], toSchema),
    },
    // Named by the gateway: `bearer` and `cookie`. Here only whether there is any.
    ...(isOpen(rules) ? { security: [] } : {}),
  }
}

function parameters(place: string, schema: TSchema | undefined, toSchema: ToSchema) {
  const required: string[] = schema?.required ?? []
  return Object.entries((schema?.properties ?? {}) as Record<string, TSchema>).map(([name, property]) => {
    const { description, ...rest } = property
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: toSchema(rest as TSchema),
    }
  })
}

function requestBody(rules: OperationRules, schema: TSchema, toSchema: ToSchema) {
  const required = true
  if (rules.upload) {
    const binary = { schema: { type: 'string', format: 'binary' } }
    return { required, content: Object.fromEntries(rules.upload.types.map((type) => [type, binary])) }
  }
  // A webhook's body is whatever the other company says it is.
  const shape = rules.access === 'webhook' ? { type: 'object' } : toSchema(schema)
  return { required, content: { 'application/json': { schema: shape } } }
}

function successes(response: Record<string, TSchema>, toSchema: ToSchema) {
  return Object.fromEntries(
    Object.entries(response).map(([status, schema]) => {
      const { description } = schema
      const isEmpty = schema.type === 'void' || status === '204'
      const content = { 'application/json': { schema: toSchema(schema) } }
      return [status, { description: description ?? 'Done.', ...(isEmpty ? {} : { content }) }]
    }),
  )
}

/** One response for each status, which names all codes that can come with it. */
function failures(codes: readonly ErrorCode[], toSchema: ToSchema) {
  const byStatus = Map.groupBy(new Set(codes), (code) => errorCodes[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, ofOne]) => [
      status,
      {
        description: ofOne.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join(' '),
        content: { [problemContentType]: { schema: toSchema(Problem) } },
      },
    ]),
  )
}

function accessErrors(rules: OperationRules): ErrorCode[] {
  if (isOpen(rules)) return []
  if (rules.access === 'staff') return ['unauthenticated', 'forbidden']
  return rules.access === 'step-up' ? ['unauthenticated', 'step_up_required'] : ['unauthenticated']
}

function isOpen({ access }: OperationRules): boolean {
  return access === 'public' || access === 'webhook'
}
