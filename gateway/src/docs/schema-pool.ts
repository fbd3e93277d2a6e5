/**
 * The shared schemas of the merged document. Services write theirs out in full wherever they use them; one that
 * carries a `$id` becomes a component once, and a reference everywhere else. Two services that give one name
 * to different schemas keep both: the later one gets its service's name in front.
 */
export interface SchemaPool {
  /** Adds a schema under a name that is free, or taken by the same schema. Returns a reference to it. */
  add(name: string, schema: unknown): { $ref: string }
  /** A function that copies parts of one service's document, with its schemas moved into the pool. */
  adopterFor(service: string, components: Record<string, unknown>): (part: unknown) => unknown
  schemas(): Record<string, unknown>
}

const refPrefix = '#/components/schemas/'

export function createSchemaPool(): SchemaPool {
  const schemas = new Map<string, { schema: unknown; text: string }>()

  const addAs = (name: string, service: string, schema: unknown): { $ref: string } => {
    const text = stable(schema)
    for (const candidate of [name, `${capitalised(service)}${name}`]) {
      const known = schemas.get(candidate)
      if (known === undefined) schemas.set(candidate, { schema, text })
      if (known === undefined || known.text === text) return { $ref: refPrefix + candidate }
    }
    throw new Error(`${service} uses the schema name ${name} for several schemas`)
  }

  return {
    add: (name, schema) => addAs(name, '', schema),
    adopterFor: (service, components) => {
      const adopted = new Map<string, { $ref: string }>()
      const adopt = (part: unknown): unknown => {
        if (Array.isArray(part)) return part.map(adopt)
        if (typeof part !== 'object' || part === null) return part
        const { $id, $ref, ...rest } = part as { $id?: unknown; $ref?: unknown } & Record<string, unknown>
        if (typeof $ref === 'string') return adoptReference($ref) ?? part
        const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, adopt(value)]))
        return typeof $id === 'string' && plainName.test($id) ? addAs($id, service, copy) : copy
      }
      /** Components may refer to each other in circles: the reference is noted before its schema is copied. */
      const adoptReference = ($ref: string): { $ref: string } | null => {
        const name = $ref.startsWith(refPrefix) ? $ref.slice(refPrefix.length) : $ref
        const known = adopted.get(name)
        if (known !== undefined) return known
        const source = components[name]
        if (source === undefined) return null
        adopted.set(name, { $ref: refPrefix + name })
        const { $id: _id, ...schema } = source as Record<string, unknown>
        const reference = addAs(name, service, adopt(schema))
        adopted.set(name, reference)
        return reference
      }
      return adopt
    },
    schemas: () =>
      Object.fromEntries(
        [...schemas]
          .map(([name, { schema }]) => [name, schema] as const)
          .sort(([a], [b]) => a.localeCompare(b)),
      ),
  }
}

const plainName = /^[A-Za-z0-9._-]+$/
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The same text for the same schema, whatever the order of its keys. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a.localeCompare(b)))
      : part,
  )
}
