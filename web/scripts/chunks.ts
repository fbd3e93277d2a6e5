import { fileURLToPath } from 'node:url'
import type { Rolldown } from 'vite'

interface Graph {
  getModuleInfo(id: string): Rolldown.ModuleInfo | null
}

const entry = fileURLToPath(new URL('../src/main.tsx', import.meta.url))

/** A group of what every first visit loads: the libraries of it, which change seldom, or our own part. */
export function firstVisit(part: 'libraries' | 'app') {
  let loaded: Set<string> | undefined
  return {
    debugName: part,
    name(id: string, graph: Graph): string | null {
      loaded ??= importedBy(entry, graph)
      const isLibrary = id.includes('/node_modules/')
      return loaded.has(id) && id !== entry && isLibrary === (part === 'libraries') ? part : null
    },
  }
}

/** A module with everything that it imports outright, and what that imports. */
function importedBy(id: string, graph: Graph, seen = new Set<string>()): Set<string> {
  if (seen.has(id)) return seen
  seen.add(id)
  for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) importedBy(imported, graph, seen)
  return seen
}
