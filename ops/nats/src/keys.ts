/**
 * `bun run keys DIR`: a new nkey for every user. Each seed goes into DIR/<user>.nk (mode 0600), for the secret
 * store; the public keys, which are all that the server gets, are printed as lines for local.conf.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { natsIdentities, newSeed, publicKeyOf } from '@accord/stack/nats/identity'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Say where the seeds go: bun run keys DIR')
  process.exit(1)
}
mkdirSync(folder, { recursive: true, mode: 0o700 })
for (const name of natsIdentities) {
  const seed = newSeed()
  // `wx`: a seed that is in use is never overwritten.
  writeFileSync(join(folder, `${name}.nk`), `${seed}\n`, { mode: 0o600, flag: 'wx' })
  console.log(`ACCORD_NKEY_${name.toUpperCase()}: ${publicKeyOf(seed)}`)
}
