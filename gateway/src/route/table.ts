import type { Method, Operation } from './operation.ts'

export type Match =
  | { kind: 'found'; operation: Operation }
  | { kind: 'wrong-method'; allow: readonly string[] }
  | { kind: 'unknown' }

export interface RouteTable {
  /** Finds what a raw path (no query) and method mean. HEAD is answered by GET. */
  match(method: string, path: string): Match
  byId(operationId: string): Operation | undefined
  operations: readonly Operation[]
}

type Methods = Map<Method, Operation>
interface Node {
  literals: Map<string, Node>
  placeholder: Node | null
  methods: Methods | null
}

/**
 * Compiles operations of all services into a map of the plain paths, in front of a tree by segments for those
 * with placeholders; a literal segment wins over a placeholder. Throws an Error that names two operations which
 * share an id or a place.
 */
export function compileTable(operations: readonly Operation[]): RouteTable {
  const ids = new Map<string, Operation>()
  const plain = new Map<string, Methods>()
  const root = newNode()

  for (const operation of operations) {
    const twin = ids.get(operation.id)
    if (twin)
      throw new Error(`${operation.id} is an operation of both ${twin.service} and ${operation.service}`)
    ids.set(operation.id, operation)
    const node = nodeOf(root, operation.template)
    node.methods ??= new Map()
    const neighbour = node.methods.get(operation.method)
    if (neighbour) throw new Error(`${operation.id} and ${neighbour.id} answer the same requests`)
    node.methods.set(operation.method, operation)
    if (!operation.template.includes('{')) plain.set(operation.template, node.methods)
  }

  return {
    operations,
    byId: (id) => ids.get(id),
    match: (asked, path) => {
      const method = (asked === 'HEAD' ? 'GET' : asked) as Method
      const operation = plain.get(path)?.get(method) ?? find(root, path, 1, method)
      if (operation) return { kind: 'found', operation }
      const allowed = new Set<Method>()
      collectMethods(root, path, 1, allowed)
      return allowed.size === 0 ? { kind: 'unknown' } : { kind: 'wrong-method', allow: allowHeader(allowed) }
    },
  }
}

const newNode = (): Node => ({ literals: new Map(), placeholder: null, methods: null })

function nodeOf(root: Node, template: string): Node {
  let node = root
  for (const segment of template.split('/').slice(1)) {
    if (segment.startsWith('{')) {
      node.placeholder ??= newNode()
      node = node.placeholder
    } else {
      const next = node.literals.get(segment) ?? newNode()
      node.literals.set(segment, next)
      node = next
    }
  }
  return node
}

/** Depth first, literals before placeholders. `from` is where the next segment begins. */
function find(node: Node, path: string, from: number, method: Method): Operation | undefined {
  if (from > path.length) return node.methods?.get(method)
  const end = segmentEnd(path, from)
  const literal = node.literals.get(path.slice(from, end))
  const found = literal && find(literal, path, end + 1, method)
  if (found || node.placeholder === null || end === from) return found
  return find(node.placeholder, path, end + 1, method)
}

/** The methods of every place that a path fits. */
function collectMethods(node: Node, path: string, from: number, into: Set<Method>): void {
  if (from > path.length) {
    for (const offered of node.methods?.keys() ?? []) into.add(offered)
    return
  }
  const end = segmentEnd(path, from)
  const literal = node.literals.get(path.slice(from, end))
  if (literal) collectMethods(literal, path, end + 1, into)
  if (node.placeholder && end > from) collectMethods(node.placeholder, path, end + 1, into)
}

function segmentEnd(path: string, from: number): number {
  const slash = path.indexOf('/', from)
  return slash === -1 ? path.length : slash
}

function allowHeader(methods: ReadonlySet<Method>): string[] {
  const all: string[] = [...methods]
  if (methods.has('GET')) all.push('HEAD')
  return [...all, 'OPTIONS'].sort()
}
