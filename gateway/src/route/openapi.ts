/** The parts of an OpenAPI 3.1 document that are looked at or changed; everything else is carried along. */
export interface OpenApiDocument {
  openapi?: string
  info?: Record<string, unknown>
  tags?: TagObject[]
  paths?: Record<string, PathItemObject>
  components?: { schemas?: Record<string, unknown>; [section: string]: Record<string, unknown> | undefined }
}

export interface TagObject {
  name: string
  description?: string
}

export type PathItemObject = { parameters?: ParameterObject[] } & Record<string, unknown>

export interface ParameterObject {
  name: string
  in: string
  [key: string]: unknown
}

export interface OperationObject {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: ParameterObject[]
  requestBody?: unknown
  responses?: Record<string, unknown>
  security?: Record<string, string[]>[]
  [key: string]: unknown
}
