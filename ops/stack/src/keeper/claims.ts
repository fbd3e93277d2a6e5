import { rmSync } from 'node:fs'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { endLeftover, type ProcessMark } from '../process/alive.ts'
import type { KeeperRequest } from './protocol.ts'

/** Everything that one test process has made and that must be gone after it. */
export interface Claims {
  processes: { mark: ProcessMark; folder: string; graceMs: number }[]
  databases: Set<string>
  prefixes: Set<string>
}

export const noClaims = (): Claims => ({ processes: [], databases: new Set(), prefixes: new Set() })

export function claim(claims: Claims, request: KeeperRequest): void {
  if (request.ask === 'own-process') claims.processes.push(request)
  if (request.ask === 'own-database') claims.databases.add(request.name)
  if (request.ask === 'own-prefix') claims.prefixes.add(request.prefix)
}

/** Ends, drops and removes what was claimed. What the test itself has cleaned up already is fine. */
export async function cleanUp(
  claims: Claims,
  servers: { postgres: string | null; redis: string | null },
): Promise<void> {
  await Promise.all(
    claims.processes.map(async ({ mark, folder, graceMs }) => {
      await endLeftover(mark, 'SIGTERM', graceMs)
      rmSync(folder, { recursive: true, force: true })
    }),
  )
  if (servers.postgres && claims.databases.size > 0) await dropDatabases(servers.postgres, claims.databases)
  if (servers.redis) for (const prefix of claims.prefixes) await removeKeys(servers.redis, prefix)
}

async function dropDatabases(url: string, names: Set<string>): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const name of names) {
      await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`)
    }
  } finally {
    await client.end()
  }
}

/** Removes every key that starts with the prefix, a few hundred at a time. */
export async function removeKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url)
  redis.on('error', () => {})
  try {
    let cursor = '0'
    do {
      const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 500)
      if (keys.length > 0) await redis.unlink(...keys)
      cursor = next
    } while (cursor !== '0')
  } finally {
    redis.disconnect()
  }
}
