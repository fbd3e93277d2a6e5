import type { TSchema } from '@sinclair/typebox'

export interface Components {
  /** The schema as plain JSON: one that carries an `$id` becomes a reference to a component. */
  toSchema(schema: TSchema): unknown
  schemas: Record<string, unknown>
}

/**
 * Collects the named schemas of a document. Unions of literals are written as `enum`, which people and
 * generators read more easily than `anyOf` with `const`. Throws when one name stands for two schemas.
 */
export function createComponents(): Components {
  const schemas: Record<string, unknown> = {}

  function toSchema(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(toSchema)
    if (typeof schema !== 'object' || schema === null) return schema
    const { $id, ...rest } = schema as TSchema
    const plain = asEnum(mapValues(rest))
    return $id === undefined ? plain : refer($id, plain)
  }

  function mapValues(rest: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toSchema(value)]))
  }

  function refer(name: string, plain: unknown): { $ref: string } {
    const known = schemas[name]
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(plain)) {
      throw new Error(`Two different schemas have the $id "${name}"`)
    }
    schemas[name] = plain
    return { $ref: `#/components/schemas/${name}` }
  }

  return { toSchema, schemas }
}

function asEnum(schema: Record<string, unknown>): Record<string, unknown> {
  const { anyOf, ...rest } = schema
  if (!Array.isArray(anyOf) || !anyOf.every(isTextLiteral)) return schema
  return { ...rest, type: 'string', enum: anyOf.map((option) => option.const) }
}

function isTextLiteral(option: unknown): option is { const: string } {
  return (
    typeof option === 'object' && option !== null && 'const' in option && typeof option.const === 'string'
  )
}
