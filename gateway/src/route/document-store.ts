import { type ServiceName, serviceNames } from '@accord/contracts/service'
import { kvBuckets } from '@accord/contracts/stream'
import { type KV, Kvm } from '@nats-io/kv'
import type { NatsConnection } from '@nats-io/nats-core'
import type { OpenApiDocument } from './openapi.ts'

export interface StoredDocument {
  hash: string
  document: OpenApiDocument
}

/** Opens the bucket of accepted documents: what a gateway knows of services that are down when it starts. */
export async function openDocumentStore(nats: NatsConnection): Promise<KV> {
  return new Kvm(nats).open(kvBuckets.openapi.name)
}

/** Every accepted document. An entry that cannot be read counts as none: its service will be asked again. */
export async function loadDocuments(store: KV): Promise<Map<ServiceName, StoredDocument>> {
  const loaded = new Map<ServiceName, StoredDocument>()
  for (const service of serviceNames) {
    const entry = await store.get(service)
    if (entry === null || entry.operation !== 'PUT') continue
    const stored = parse(entry.string())
    if (stored !== null) loaded.set(service, stored)
  }
  return loaded
}

/** Keeps an accepted document; several gateways may, with the same bytes. */
export async function saveDocument(store: KV, service: ServiceName, stored: StoredDocument): Promise<void> {
  await store.put(service, JSON.stringify(stored))
}

function parse(text: string): StoredDocument | null {
  try {
    const value = JSON.parse(text) as Partial<StoredDocument> | null
    return typeof value?.hash === 'string' && typeof value.document === 'object'
      ? { hash: value.hash, document: value.document }
      : null
  } catch {
    return null
  }
}
