import type { TSchema } from '@sinclair/typebox'

type Convert = (text: unknown) => unknown

/** Path parameters and query strings are text; JSON bodies are not, and are never converted. */
export type TextConverter = (values: Record<string, unknown>) => void

/**
 * Converts, in place, the values of a parsed query or path that the schema wants as integer, number or
 * boolean. Text that does not read as one is left as it is, for validation to refuse. Null when there is
 * nothing to convert.
 */
export function textConverter(schema: TSchema | undefined): TextConverter | null {
  const properties = Object.entries((schema?.properties ?? {}) as Record<string, TSchema>)
  const converts = properties.flatMap(([key, property]) => {
    const convert = convertOf(property)
    return convert ? [{ key, convert }] : []
  })
  if (converts.length === 0) return null
  return (values) => {
    for (const { key, convert } of converts) {
      if (values[key] !== undefined) values[key] = convert(values[key])
    }
  }
}

function convertOf(schema: TSchema): Convert | null {
  switch (schema.type) {
    case 'integer':
      return (text) => (typeof text === 'string' && /^-?\d{1,15}$/.test(text) ? Number(text) : text)
    case 'number':
      return (text) =>
        typeof text === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text
    case 'boolean':
      return (text) => (text === 'true' ? true : text === 'false' ? false : text)
    default:
      return null
  }
}
