import { type OperationRules, operationRulesKey } from '@accord/contracts/operation'
import type { Json } from './api.ts'

export interface DocumentedOperation {
  id: string
  method: string
  /** With `{parameters}`. */
  path: string
  rules: OperationRules
  takesJson: boolean
  /** Prefix of the id each path parameter takes: `mem`, `con`, …; null where it is no id. */
  parameters: { name: string; prefix: string | null }[]
}

/** Every operation of the merged document. */
export function operationsOf(document: Json): DocumentedOperation[] {
  const methods = ['get', 'put', 'post', 'delete', 'patch']
  return Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => {
        const operation = item[method]
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
        return {
          id: operation.operationId,
          method: method.toUpperCase(),
          path,
          rules: operation[operationRulesKey],
          takesJson: operation.requestBody?.content?.['application/json'] !== undefined,
          parameters: parameters
            .filter((parameter: Json) => parameter.in === 'path')
            .map((parameter: Json) => ({
              name: parameter.name,
              prefix: /^\^([a-z]+)_/.exec(parameter.schema?.pattern ?? '')?.[1] ?? null,
            })),
        }
      }),
  )
}

/** The operation's path with ids put in. */
export function pathWith(operation: DocumentedOperation, idFor: (prefix: string) => string): string {
  return operation.parameters.reduce(
    (path, { name, prefix }) => path.replace(`{${name}}`, prefix === null ? 'x' : idFor(prefix)),
    operation.path,
  )
}
