/** Adds demo members to a running Accord: `just seed --members 200`. */
import { parseArgs } from 'node:util'
import { systemClock } from '@accord/kit/clock'
import { createEnvelope } from '@accord/kit/crypto/envelope'
import { openKeyring } from '@accord/kit/crypto/keyring'
import { openDatabases } from '@accord/kit/db/database'
import { createLogger } from '@accord/kit/log'
import { connectNats } from '@accord/kit/nats'
import { createPasswordHasher } from '@accord/svc-identity/credential/password-hash'
import type { Database as IdentityDatabase } from '@accord/svc-identity/db'
import { createMediaStore } from '@accord/svc-identity/photo/media-store'
import type { Database as MatchDatabase } from '@accord/svc-match/db'
import { type Config, loadConfig } from './config.ts'
import { portraitPool } from './portrait-pool.ts'
import { seedMembers } from './seed.ts'

const most = 1_000_000

try {
  await main(readCount(), loadConfig())
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function main(count: number, config: Config): Promise<void> {
  const begin = performance.now()
  const log = createLogger({ service: 'seed', level: config.LOG_LEVEL })
  const open = <DB>(url: string) =>
    openDatabases<DB>({ url, name: 'accord-seed', log, statementTimeoutMs: 60_000 })
  const identity = open<IdentityDatabase>(config.DATABASE_URL_IDENTITY)
  const match = open<MatchDatabase>(config.DATABASE_URL_MATCH)
  const nats = await connectNats({
    url: config.NATS_URL,
    user: 'identity',
    seed: config.NATS_SEED_IDENTITY,
    log,
  })
  try {
    const keyring = openKeyring({ file: config.KEYRING_FILE_IDENTITY })
    const deps = {
      identity: identity.primary,
      match: match.primary,
      envelope: createEnvelope(keyring),
      keyring,
      clock: systemClock,
      passwordHash: once(() => createPasswordHasher({ concurrency: 1, queue: 1 }).hash(config.DEMO_PASSWORD)),
      portraits: once(() => portraitPool(createMediaStore(nats))),
    }
    const { added } = await seedMembers(deps, count, progress(count))
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    console.log(`${count} demo members are there, ${added} of them new (${seconds} s)`)
  } finally {
    await Promise.all([identity.close(), match.close(), nats.close()])
  }
}

function readCount(): number {
  const { values } = parseArgs({ options: { members: { type: 'string', default: '200' } } })
  const count = Number(values.members)
  if (Number.isInteger(count) && count >= 0 && count <= most) return count
  throw new Error(`--members takes a whole number up to ${most}`)
}

/** A line every few seconds, for those who wait. */
function progress(count: number): (done: number) => void {
  let last = performance.now()
  return (done) => {
    if (performance.now() - last < 3_000) return
    last = performance.now()
    console.log(`${done} of ${count} demo members`)
  }
}

/** Done at first need, and not again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null
  return () => {
    result ??= work()
    return result
  }
}
