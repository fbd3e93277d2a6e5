import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A Stripe object as it goes over the wire: snake_case, times in epoch seconds, amounts in minor units. */
export type Wire = { id: string; object: string; [field: string]: unknown }

export interface PendingEvent {
  id: string
  body: string
  attempts: number
}

interface State {
  objects: Record<string, Wire>
  /** Answers by Idempotency-Key, as Stripe keeps them. */
  answers: Record<string, { body: string; request: string }>
  pending: PendingEvent[]
}

export interface Store {
  get(id: string, object: string): Wire | undefined
  list(object: string, where: (candidate: Wire) => boolean): Wire[]
  put(value: Wire): Wire
  answers: State['answers']
  pending: PendingEvent[]
  save(): void
}

/** Everything the sandbox knows, in one JSON file that is replaced whole after every change. */
export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'stripe-sandbox.json')
  const state = load(file)
  const save = () => {
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return {
    get: (id, object) => {
      const found = state.objects[id]
      return found?.object === object ? found : undefined
    },
    list: (object, where) => Object.values(state.objects).filter((o) => o.object === object && where(o)),
    put: (value) => {
      state.objects[value.id] = value
      save()
      return value
    },
    answers: state.answers,
    pending: state.pending,
    save,
  }
}

/** An id in Stripe's form: `cus_` and letters that cannot be guessed. */
export function wireId(prefix: string): string {
  return `${prefix}_${randomBytes(18).toString('base64url').replace(/[-_]/g, '0')}`
}

function load(file: string): State {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { objects: {}, answers: {}, pending: [] }
    throw new Error(`The sandbox's state in ${file} cannot be read. Move it away to start afresh.`, {
      cause: error,
    })
  }
}
