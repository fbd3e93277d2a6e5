import { type ServiceName, serviceNames } from '@accord/contracts/service'
import { hashOfDocument, type ServiceDocument } from '@accord/kit/http/document'
import type { Logger } from '@accord/kit/log'
import type { KV } from '@nats-io/kv'
import type { NatsConnection } from '@nats-io/nats-core'
import { mergeDocuments } from '../docs/merge.ts'
import { checkDocument } from './check-document.ts'
import { loadDocuments, openDocumentStore, type StoredDocument, saveDocument } from './document-store.ts'
import { documentsRefused, operationsRouted } from './metrics.ts'
import type { OpenApiDocument } from './openapi.ts'
import { askServices } from './service-info.ts'
import { compileTable, type RouteTable } from './table.ts'

const askEveryMs = 5000
const fetchTimeoutMs = 3000
const retryMs = 1000
const anyUrl = 'http://gateway'

export type Documents = ReadonlyMap<ServiceName, StoredDocument>

/** Everything that follows from the accepted documents; replaced whole, never changed. */
export interface Routes {
  table: RouteTable
  documents: Documents
}

export interface Discovery {
  /** Resolves after the stored documents were read and services were asked once. */
  ready: Promise<void>
  isReady(): boolean
  current(): Routes
  /** Asks the services now; resolves when every change was taken or refused. */
  refresh(): Promise<void>
  stop(): Promise<void>
}

/**
 * Keeps the route table in step with what the services say of themselves: stored documents first, then what
 * `$SRV.INFO` shows, every five seconds and on `route.changed`. A document is fetched once its hash is new and
 * all instances of its service agree on it.
 */
export function startDiscovery(o: { nats: NatsConnection; log: Logger }): Discovery {
  const ready = Promise.withResolvers<void>()
  /** Hash of the last refused document of a service: refused once, not every five seconds. */
  const refusedHash = new Map<ServiceName, string>()
  let routes: Routes = { table: compileTable([]), documents: new Map() }
  let isReady = false
  let stopped = false
  let refreshing: Promise<void> | null = null
  let store: KV | null = null

  const refuse = (service: ServiceName, hash: string, faults: readonly string[]) => {
    refusedHash.set(service, hash)
    documentsRefused.inc({ service })
    o.log.error('document refused, the last good one stays', { service, hash, faults: faults.slice(0, 20) })
  }

  /** Takes a document or refuses it; whether it was taken. */
  const offer = (service: ServiceName, stored: StoredDocument): boolean => {
    const next = withDocument(routes.documents, service, stored)
    if ('faults' in next) {
      refuse(service, stored.hash, next.faults)
      return false
    }
    routes = next
    refusedHash.delete(service)
    operationsRouted.set({ service }, checkDocument(service, stored.document).operations.length)
    o.log.info('document accepted', { service, hash: stored.hash })
    return true
  }

  const restore = async (): Promise<KV> => {
    const opened = await openDocumentStore(o.nats)
    for (const [service, stored] of await loadDocuments(opened)) {
      if (!routes.documents.has(service)) offer(service, stored)
    }
    return opened
  }

  const take = async (keeper: KV, service: ServiceName, hash: string) => {
    const stored = await fetchDocument(o.nats, service, hash)
    if (stored === null || stopped) return
    if (offer(service, stored)) await saveDocument(keeper, service, stored)
  }

  const askOnce = async () => {
    store ??= await restore()
    for (const [service, { hash }] of await askServices(o.nats)) {
      if (hash === null || hash === refusedHash.get(service)) continue
      if (hash === routes.documents.get(service)?.hash) continue
      // One that does not answer must not keep the others from being served.
      await take(store, service, hash).catch((error) =>
        o.log.warn('a document could not be had', { service, hash, error: String(error) }),
      )
    }
    isReady = true
    ready.resolve()
  }

  const refresh = () => {
    refreshing ??= askOnce().finally(() => {
      refreshing = null
    })
    return refreshing
  }
  const attempt = () =>
    refresh().catch((error) => o.log.warn('services could not be asked', { error: String(error) }))

  let timer: Timer | undefined
  const loop = async () => {
    await attempt()
    if (!stopped) timer = setTimeout(loop, isReady ? askEveryMs : retryMs)
  }
  const changes = o.nats.subscribe('route.changed', { callback: () => void attempt() })
  void loop()

  return {
    ready: ready.promise,
    isReady: () => isReady,
    current: () => routes,
    refresh: async () => {
      // One that is under way may have asked before the change that the caller knows of.
      await refreshing?.catch(() => undefined)
      await refresh()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      changes.unsubscribe()
      await refreshing?.catch(() => undefined)
    },
  }
}

/** The routes with one service's document replaced, or why that cannot be. Nothing is changed. */
function withDocument(
  documents: Documents,
  service: ServiceName,
  stored: StoredDocument,
): Routes | { faults: string[] } {
  const checked = checkDocument(service, stored.document)
  if (checked.faults.length > 0) return { faults: checked.faults }
  const next = new Map([...documents, [service, stored]])
  const operations = serviceNames.flatMap((name) => {
    const document = next.get(name)?.document
    return document === undefined ? [] : checkDocument(name, document).operations
  })
  try {
    const table = compileTable(operations)
    // Only to see that it can be done: otherwise the document that everybody reads would fail from now on.
    mergeDocuments(next, anyUrl)
    return { table, documents: next }
  } catch (error) {
    return { faults: [error instanceof Error ? error.message : String(error)] }
  }
}

/** Null when it could not be had, or when an instance with another document answered: asked again later. */
async function fetchDocument(
  nats: NatsConnection,
  service: ServiceName,
  hash: string,
): Promise<StoredDocument | null> {
  const answer = await nats.request(`http.${service}.openapi`, '', { timeout: fetchTimeoutMs })
  const document = answer.json<(ServiceDocument & OpenApiDocument) | null>()
  if (typeof document !== 'object' || document === null) return null
  return hashOfDocument(document) === hash ? { hash, document } : null
}
