import { Kind, type TSchema } from '@sinclair/typebox'

/**
 * A copy of the schema of an input in which every object refuses fields it does not name. Records, and
 * objects that say by a schema what else they take, keep that. Throws for what would let anything pass unread
 * (`additionalProperties: true`, intersections), and for types that JSON does not have.
 */
export function strictly<T extends TSchema>(schema: T): T {
  return visit(schema, true) as T
}

/**
 * The same for an answer, so that a column too many is noticed instead of sent; intersections and objects
 * that are open on purpose are left as they are.
 */
export function closed<T extends TSchema>(schema: T): T {
  return visit(schema, false) as T
}

/** BigInt and its like cannot be written as JSON: a schema with one would answer 500 every time. */
const notJson = new Set([
  'BigInt',
  'Date',
  'Uint8Array',
  'Function',
  'Symbol',
  'Promise',
  'Iterator',
  'AsyncIterator',
])

function visit(schema: TSchema, isInput: boolean): TSchema {
  if (notJson.has(schema[Kind])) throw new Error(`JSON has no ${schema[Kind]}: use a string or an integer`)
  if (Array.isArray(schema.allOf)) {
    if (isInput) throw new Error('Type.Intersect cannot be made strict: write Type.Composite instead')
    return schema
  }
  if (schema.type === 'object') return visitObject(schema, isInput)
  const copy = { ...schema } as TSchema
  const each = (inner: TSchema) => visit(inner, isInput)
  if (schema.type === 'array' && schema.items !== undefined) {
    copy.items = Array.isArray(schema.items) ? schema.items.map(each) : each(schema.items)
  }
  if (Array.isArray(schema.anyOf)) copy.anyOf = schema.anyOf.map(each)
  return copy
}

function visitObject(schema: TSchema, isInput: boolean): TSchema {
  if (isInput && schema.additionalProperties === true) {
    throw new Error('additionalProperties: true is not accepted: name the fields, or use Type.Record')
  }
  const copy = { ...schema } as TSchema
  for (const key of ['properties', 'patternProperties']) {
    if (schema[key] === undefined) continue
    copy[key] = Object.fromEntries(
      Object.entries(schema[key] as Record<string, TSchema>).map(([name, inner]) => [
        name,
        visit(inner, isInput),
      ]),
    )
  }
  if (copy.additionalProperties === undefined) copy.additionalProperties = false
  return copy
}
