import { openDatabases } from '../db/database.ts'
import type { InboxTables } from '../db/tables.ts'
import { createLogger } from '../log.ts'
import { findDeadLetter, listDeadLetters, requestReplay } from './dead-letter.ts'

const usage =
  'usage: dead-letters list [--all] | show <id> | replay <id>… | replay --all   (DATABASE_URL names the service)'

/** Main of `just dead-letters` and `just replay`, for the service whose DATABASE_URL is set. */
async function main(args: readonly string[]): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set')
  const log = createLogger({ service: 'dead-letters' })
  const databases = openDatabases<InboxTables>({ url, name: 'dead-letters', log, poolSize: 1 })
  const db = databases.primary
  const [verb = 'list', ...rest] = args
  try {
    if (verb === 'list') {
      const letters = await listDeadLetters(db, { replayed: rest.includes('--all') })
      if (letters.length === 0) console.log('no dead letters')
      for (const letter of letters) {
        const state = letter.replayedAt ? 'replayed' : letter.replayRequestedAt ? 'requested' : 'dead'
        const line = [letter.id, letter.createdAt.toISOString(), letter.consumer, letter.reason, state]
        console.log(`${line.join('  ')}  ${letter.subject}\n    ${letter.error ?? ''}`)
      }
    } else if (verb === 'show' && rest[0]) {
      const letter = await findDeadLetter(db, rest[0])
      if (!letter) throw new Error(`there is no dead letter ${rest[0]}`)
      console.log(JSON.stringify({ ...letter, payload: readable(letter.payload) }, null, 2))
    } else if (verb === 'replay' && rest.length > 0) {
      const count = await requestReplay(db, rest.includes('--all') ? 'all' : rest)
      console.log(`${count} marked for replay: the running service applies them within seconds`)
    } else {
      throw new Error(usage)
    }
  } finally {
    await databases.close()
  }
}

function readable(payload: Buffer): unknown {
  const text = payload.toString()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
