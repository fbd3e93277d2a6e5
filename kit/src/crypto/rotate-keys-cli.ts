import { openDatabases } from '../db/database.ts'
import type { KeyTables } from '../db/tables.ts'
import { createLogger } from '../log.ts'
import { openKeyring } from './keyring.ts'
import { rewrapDataKeys } from './rotate.ts'

/** Main of `just rotate-keys`, once for each service: reads DATABASE_URL and KEYRING_FILE. `--resume` only rewraps. */
async function main(args: readonly string[]): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set')
  const keyring = openKeyring({ file: process.env.KEYRING_FILE })
  const version = args.includes('--resume') ? await keyring.currentKek() : await keyring.rotate()
  const databases = openDatabases<KeyTables>({
    url,
    name: 'rotate-keys',
    log: createLogger({ service: 'rotate-keys' }),
    poolSize: 1,
  })
  try {
    const count = await rewrapDataKeys(databases.primary, keyring)
    console.log(`key-encryption key ${version} is current; ${count} data keys rewrapped`)
  } finally {
    await databases.close()
  }
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
