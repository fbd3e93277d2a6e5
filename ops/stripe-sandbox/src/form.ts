export type FormValue = string | FormValue[] | { [key: string]: FormValue }
export type Form = { [key: string]: FormValue }

/** Decodes Stripe's form encoding: `line_items[0][price_data][currency]=eur` becomes nested objects. Indices become arrays. */
export function decodeForm(text: string): Form {
  const root: Form = {}
  for (const [name, value] of new URLSearchParams(text)) assign(root, pathOf(name), value)
  return arraysIn(root) as Form
}

/** The text at a path (`textAt(form, 'subscription_data', 'metadata', 'plan')`), or undefined. */
export function textAt(form: FormValue | undefined, ...path: (string | number)[]): string | undefined {
  const found = valueAt(form, ...path)
  return typeof found === 'string' ? found : undefined
}

/** A flat object of texts at a path: Stripe's metadata. */
export function textsAt(form: Form, ...path: string[]): Record<string, string> {
  const found = valueAt(form, ...path)
  if (found === undefined || typeof found === 'string' || Array.isArray(found)) return {}
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function valueAt(form: FormValue | undefined, ...path: (string | number)[]): FormValue | undefined {
  return path.reduce<FormValue | undefined>((node, key) => {
    if (node === undefined || typeof node === 'string') return undefined
    return Array.isArray(node) ? node[Number(key)] : node[key]
  }, form)
}

function pathOf(name: string): string[] {
  return name.split(/\[|\]\[|\]/).filter((part) => part !== '' && part !== '__proto__')
}

function assign(node: Form, path: string[], value: string): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    node[key] = value
    return
  }
  const below = node[key]
  const next: Form = typeof below === 'object' && !Array.isArray(below) ? below : {}
  node[key] = next
  assign(next, rest, value)
}

function arraysIn(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, below]) => [key, arraysIn(below)] as const)
  if (entries.length > 0 && entries.every(([key], index) => key === String(index)))
    return entries.map(([, below]) => below)
  return Object.fromEntries(entries)
}
