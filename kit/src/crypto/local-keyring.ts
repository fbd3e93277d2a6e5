import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { open, seal } from './aes-gcm.ts'
import type { Keyring } from './keyring.ts'

const VersionedKey = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  /** 32 bytes in base64. */
  key: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }),
  createdAt: Type.String(),
})

/** What a keyring file holds; versions ascend, the last of each list is current. */
export const KeyringFile = Type.Object(
  {
    format: Type.Literal('accord-keyring-1'),
    keks: Type.Array(VersionedKey, { minItems: 1 }),
    blindIndexKeys: Type.Array(VersionedKey, { minItems: 1 }),
  },
  { additionalProperties: false },
)
export type KeyringFile = Static<typeof KeyringFile>

/** The text of a new keyring file with fresh random keys. Write it with mode 0600. */
export function generateKeyring(): string {
  const file: KeyringFile = {
    format: 'accord-keyring-1',
    keks: [freshKey(1)],
    blindIndexKeys: [freshKey(1)],
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/**
 * The keyring of a local file (mode 0600, see {@link generateKeyring}). Another process may rotate it: the
 * file is read again when it has changed, before a key is wrapped, and when a version is not known.
 */
export function openLocalKeyring(path: string): Keyring {
  let file = readKeyringFile(path)
  let readAt = changedAt(path)
  const refresh = () => {
    const changed = changedAt(path)
    if (changed !== readAt) file = readKeyringFile(path)
    readAt = changed
  }
  const kek = (version: number) => file.keks.find((candidate) => candidate.version === version)
  return {
    async wrap(dataKey, context) {
      refresh()
      const { version, key } = last(file.keks)
      return { kekVersion: version, wrapped: seal(bytes(key), binding(context, version), dataKey) }
    },
    async unwrap({ kekVersion, wrapped }, context) {
      if (!kek(kekVersion)) refresh()
      const found = kek(kekVersion)
      if (!found) throw new Error(`keyring ${path} has no key-encryption key of version ${kekVersion}`)
      return open(bytes(found.key), binding(context, kekVersion), wrapped)
    },
    async currentKek() {
      refresh()
      return last(file.keks).version
    },
    async rotate() {
      return alone(path, () => {
        const current = readKeyringFile(path)
        const version = last(current.keks).version + 1
        writeKeyringFile(path, { ...current, keks: [...current.keks, freshKey(version)] })
        return version
      })
    },
    blindIndexKeys() {
      return file.blindIndexKeys.map(({ version, key }) => ({ version, key: bytes(key) })).reverse()
    },
  }
}

/** Two rotations at once would write one version with two keys, and what the lost one wrapped were lost. */
function alone<T>(path: string, work: () => T): T {
  const lock = `${path}.lock`
  try {
    closeSync(openSync(lock, 'wx', 0o600))
  } catch (error) {
    throw new Error(`keyring ${path} is being changed by another process; if there is none, remove ${lock}`, {
      cause: error,
    })
  }
  try {
    return work()
  } finally {
    unlinkSync(lock)
  }
}

function changedAt(path: string): string {
  const { mtimeMs, ino } = statSync(path)
  return `${ino}:${mtimeMs}`
}

function readKeyringFile(path: string): KeyringFile {
  let text: string
  try {
    if ((statSync(path).mode & 0o077) !== 0) {
      throw new Error(`keyring ${path} can be read by others: chmod 600 ${path}`)
    }
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw new Error(`keyring ${path} cannot be read: ${error.message}`, { cause: error })
    }
    throw error
  }
  const file = parseJson(text)
  // What is wrong is not said: the text of an error must never carry a key.
  if (!Value.Check(KeyringFile, file)) throw new Error(`keyring ${path} is not a keyring file`)
  return file
}

/** Replaces the file in one step, so that a crash leaves the old keys or the new ones. */
function writeKeyringFile(path: string, file: KeyringFile): void {
  const draft = `${path}.${process.pid}.tmp`
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true })
  chmodSync(draft, 0o600)
  renameSync(draft, path)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function freshKey(version: number): Static<typeof VersionedKey> {
  return { version, key: randomBytes(32).toString('base64'), createdAt: new Date().toISOString() }
}

function binding(context: string, version: number): string {
  return `data-key|${context}|${version}`
}

function bytes(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64')
}

function last<T>(list: readonly T[]): T {
  const item = list.at(-1)
  if (item === undefined) throw new Error('keyring is empty')
  return item
}
