import { type ServiceName, serviceNames, services } from './service.ts'

const days = 24 * 60 * 60
const mebibyte = 1024 * 1024

/** A JetStream stream as it must be on the server. Times in seconds, sizes in bytes. */
export interface StreamContract {
  name: string
  service: ServiceName
  subjects: readonly string[]
  maxAgeSeconds: number
  duplicateWindowSeconds: number
  maxBytes: number
}

/** One stream for each service that emits events. File storage, limits retention, delete and purge denied. */
export const streams: readonly StreamContract[] = serviceNames.flatMap((service) => {
  const name = services[service].stream
  return name === null
    ? []
    : [
        {
          name,
          service,
          subjects: [`evt.${service}.>`],
          maxAgeSeconds: 7 * days,
          duplicateWindowSeconds: 10 * 60,
          maxBytes: 2048 * mebibyte,
        },
      ]
})

/** A key-value bucket: who writes it, who reads or watches it. `ttlSeconds` 0 keeps entries for ever. */
export interface KvBucket {
  name: string
  history: number
  ttlSeconds: number
  maxBytes: number
  writers: readonly (ServiceName | 'gateway')[]
  readers: readonly (ServiceName | 'gateway')[]
}

export const kvBuckets = {
  jwks: {
    name: 'jwks',
    history: 1,
    ttlSeconds: 0,
    maxBytes: mebibyte,
    writers: ['identity'],
    readers: ['identity', 'gateway'],
  },
  /**
   * Keys `session.<sessionId>` and `member.<memberId>`; the value is JSON `{notBefore: epoch seconds}`:
   * tokens issued before it are refused. Kept for an hour, six times as long as an access token lives.
   */
  revokedSessions: {
    name: 'revoked-sessions',
    history: 1,
    ttlSeconds: 3600,
    maxBytes: 256 * mebibyte,
    writers: ['identity'],
    readers: ['gateway'],
  },
  openapi: {
    name: 'openapi',
    history: 3,
    ttlSeconds: 0,
    maxBytes: 16 * mebibyte,
    writers: ['gateway'],
    readers: ['gateway'],
  },
  presence: {
    name: 'presence',
    history: 1,
    ttlSeconds: 90,
    maxBytes: 256 * mebibyte,
    writers: ['gateway'],
    readers: ['gateway', 'chat', 'notify'],
  },
} as const satisfies Record<string, KvBucket>

/** An object bucket. `maxChunkBytes` stays below the payload limit of 1 MB. */
export interface ObjectBucket {
  name: string
  ttlSeconds: number
  maxBytes: number
  writers: readonly (ServiceName | 'gateway')[]
  readers: readonly (ServiceName | 'gateway')[]
}

export const objectBuckets = {
  uploads: {
    name: 'uploads',
    ttlSeconds: 3600,
    maxBytes: 4096 * mebibyte,
    writers: ['gateway', 'identity'],
    readers: ['gateway', 'identity'],
  },
  media: {
    name: 'media',
    ttlSeconds: 0,
    maxBytes: 32768 * mebibyte,
    writers: ['identity'],
    readers: ['identity', 'gateway'],
  },
} as const satisfies Record<string, ObjectBucket>

/** Subject that a put of this key is published on; lets an outbox row set a key of a bucket. */
export function kvSubject(bucket: KvBucket, key: string): string {
  return `$KV.${bucket.name}.${key}`
}
