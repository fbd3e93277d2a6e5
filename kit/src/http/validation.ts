import type { FieldProblem } from '@accord/contracts/problem'
import type { TSchema } from '@sinclair/typebox'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'

const mostFields = 20
const longestPath = 200

/** Elysia's name for a part of a request, and ours. */
const places = {
  body: 'body',
  query: 'query',
  params: 'path',
  headers: 'header',
  cookie: 'cookie',
} as const

export function isPlace(type: string): type is keyof typeof places {
  return Object.hasOwn(places, type)
}

/**
 * What was wrong with one part of a request: one entry a field, at most 20, with what was expected and never
 * what was sent.
 */
export function fieldProblems(place: keyof typeof places, errors: Iterable<ValueError>): FieldProblem[] {
  const found = new Map<string, FieldProblem>()
  for (const error of errors) {
    const path = error.path.slice(0, longestPath)
    if (found.has(path)) continue
    found.set(path, { path, in: places[place], expected: expectation(error) })
    if (found.size === mostFields) break
  }
  return [...found.values()]
}

function expectation(error: ValueError): string {
  switch (error.type) {
    case ValueErrorType.ObjectAdditionalProperties:
      return 'no field of this name'
    case ValueErrorType.ObjectRequiredProperty:
      return `${describeSchema(error.schema)}, required`
    default:
      return describeSchema(error.schema)
  }
}

/** A schema in a few words: `string of 8 to 64 characters`, `integer from 1 to 100`, `one of like, pass`. */
export function describeSchema(schema: TSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.join(', ')}`
  if (Array.isArray(schema.anyOf)) return describeUnion(schema.anyOf as TSchema[])
  switch (schema.type) {
    case 'string':
      return `string${formatOf(schema)}${rangeOf(schema.minLength, schema.maxLength, 'characters')}`
    case 'integer':
    case 'number':
      return `${schema.type}${boundsOf(schema)}`
    case 'array':
      return `array${rangeOf(schema.minItems, schema.maxItems, 'items')}`
    default:
      return typeof schema.type === 'string' ? schema.type : 'another value'
  }
}

/** Elysia reads a number from text as `anyOf [string with format, number]`: the number is what we ask for. */
const textForms: Record<string, string> = { numeric: 'number', integer: 'integer', boolean: 'boolean' }

function describeUnion(options: TSchema[]): string {
  const coerced = options.find((option) => option.type === 'string' && textForms[String(option.format)])
  if (coerced) {
    const form = textForms[String(coerced.format)]
    const value = options.find((option) => option.type === form) ?? options.find((o) => o !== coerced)
    return value ? describeSchema({ ...value, type: form } as TSchema) : String(form)
  }
  if (options.every((option) => option.const !== undefined)) {
    return `one of ${options.map((option) => String(option.const)).join(', ')}`
  }
  return options.map(describeSchema).join(' or ')
}

function formatOf(schema: TSchema): string {
  if (schema.format !== undefined) return ` with format ${String(schema.format)}`
  const example = Array.isArray(schema.examples) ? schema.examples[0] : undefined
  if (schema.pattern === undefined) return ''
  return example === undefined ? ` of the form ${String(schema.pattern)}` : ` like ${String(example)}`
}

function boundsOf(schema: TSchema): string {
  const { minimum, maximum } = schema
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of at least ${minimum}`
  return maximum === undefined ? '' : ` of at most ${maximum}`
}

function rangeOf(least: number | undefined, most: number | undefined, unit: string): string {
  if (least !== undefined && most !== undefined) return ` of ${least} to ${most} ${unit}`
  if (least !== undefined) return ` of at least ${least} ${unit}`
  return most === undefined ? '' : ` of at most ${most} ${unit}`
}
