import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyring, type Keyring, openKeyring } from '@accord/kit/crypto/keyring'

/** A new keyring in a file of its own: what a service gets as KEYRING_FILE. */
export function testKeyring(): { file: string; keyring: Keyring; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'accord-keyring-'))
  const file = join(folder, 'keyring.json')
  writeFileSync(file, generateKeyring(), { mode: 0o600 })
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return { file, keyring: openKeyring({ file }), remove }
}
