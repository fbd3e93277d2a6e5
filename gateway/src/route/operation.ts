import type { OperationRules } from '@accord/contracts/operation'
import type { ServiceName } from '@accord/contracts/service'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One operation as the gateway needs it at run time. */
export interface Operation {
  id: string
  service: ServiceName
  method: Method
  /** `/api/v1/users/{id}` */
  template: string
  /** `http.<service>.<id>` */
  subject: string
  rules: OperationRules
  /** Declared header parameters, lower case: only these are handed on. */
  headers: readonly string[]
  /** Declared cookies: only these are handed on. */
  cookies: readonly string[]
}
