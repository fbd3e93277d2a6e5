import { operationIdPattern, operationRulesKey } from '@accord/contracts/operation'
import type { TSchema } from '@sinclair/typebox'
import type { AnyElysia } from 'elysia'
import type { OperationDetail } from './operation.ts'
import { type TextConverter, textConverter } from './text-values.ts'

/** An operation as its app has registered it. */
export interface RegisteredOperation {
  method: string
  /** Elysia's form, `/api/v1/users/:id`. */
  path: string
  detail: OperationDetail
  schemas: {
    params?: TSchema
    query?: TSchema
    headers?: TSchema
    body?: TSchema
    response: Record<string, TSchema>
  }
}

/**
 * Every operation of an app. Throws one error that names all routes without an access rule, invalid or
 * reserved ids, and ids that two routes share: a service with any of these does not start.
 */
export function operationsOf(app: AnyElysia): RegisteredOperation[] {
  const wrong: string[] = []
  const found = new Map<string, RegisteredOperation>()
  for (const route of app.routes) {
    const name = `${route.method} ${route.path}`
    const hooks = route.hooks as { detail?: Partial<OperationDetail> } & Record<string, TSchema | undefined>
    if (!isDeclared(hooks.detail)) {
      wrong.push(`${name} declares no access rule: pass operation({…}) to it`)
      continue
    }
    const id = hooks.detail.operationId
    const other = found.get(id)
    if (!operationIdPattern.test(id) || id === documentOperation) {
      wrong.push(`${name} has the invalid operation id "${id}"`)
    } else if (other) {
      wrong.push(`${name} has the operation id "${id}" of ${other.method} ${other.path}`)
    } else {
      found.set(id, {
        method: route.method,
        path: route.path,
        detail: hooks.detail,
        schemas: schemasOf(hooks),
      })
    }
  }
  if (wrong.length > 0) throw new Error(`This app cannot serve:\n  ${wrong.join('\n  ')}`)
  return [...found.values()]
}

/** Reserved: `http.<service>.openapi` answers with the document. */
export const documentOperation = 'openapi'

/** What the app needs of a route while it handles a request. */
export interface Declared {
  detail: OperationDetail
  takesBody: boolean
  convertParams: TextConverter | null
  convertQuery: TextConverter | null
}

/**
 * Look-up of a route's declaration while a request is handled. The table is made at the first request, when
 * all features have been added. Throws for a route without a declaration: default deny.
 */
export function operationsByRoute(app: AnyElysia): (method: string, route: string) => Declared {
  let table: Map<string, Map<string, Declared>> | undefined
  return (method, route) => {
    table ??= tableOf(app)
    const declared = table.get(route)?.get(method)
    if (!declared) throw new Error(`${method} ${route} declares no access rule`)
    return declared
  }
}

function tableOf(app: AnyElysia): Map<string, Map<string, Declared>> {
  const table = new Map<string, Map<string, Declared>>()
  for (const { method, path, hooks } of app.routes) {
    if (!isDeclared(hooks.detail)) continue
    const { params, query, body } = schemasOf(hooks)
    const declared = {
      detail: hooks.detail,
      takesBody: body !== undefined,
      convertParams: textConverter(params),
      convertQuery: textConverter(query),
    }
    const methods = table.get(path) ?? new Map<string, Declared>()
    table.set(path, methods.set(method, declared))
    // Elysia answers HEAD by the route of GET.
    if (method === 'GET') methods.set('HEAD', declared)
  }
  return table
}

function isDeclared(detail: Partial<OperationDetail> | undefined): detail is OperationDetail {
  return typeof detail?.operationId === 'string' && detail[operationRulesKey]?.access !== undefined
}

function schemasOf(hooks: Record<string, unknown>): RegisteredOperation['schemas'] {
  const { params, query, headers, body, response } = hooks as Partial<RegisteredOperation['schemas']>
  return {
    ...(params ? { params } : {}),
    ...(query ? { query } : {}),
    ...(headers ? { headers } : {}),
    ...(body ? { body } : {}),
    response: response ?? {},
  }
}
