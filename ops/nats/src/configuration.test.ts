import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderConfiguration } from '@accord/stack/nats/configuration'
import { natsIdentities } from '@accord/stack/nats/identity'
import { ensureTools } from '@accord/stack/tools/install'
import { toolNamed } from '@accord/stack/tools/table'

const here = `${import.meta.dir}/..`
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'accord-nats-ops-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('nats-server.conf is what contracts say today (else: bun run render)', () => {
  expect(readFileSync(`${here}/nats-server.conf`, 'utf8')).toBe(renderConfiguration())
})

describe('a production server', () => {
  test('accepts the configuration with new keys and the example’s cluster', async () => {
    const keys = Bun.spawnSync([process.execPath, `${here}/src/keys.ts`, join(folder, 'seeds')])
    const publicKeys = keys.stdout.toString().trim().split('\n')
    expect(publicKeys.length).toBe(natsIdentities.length)

    cpSync(`${here}/nats-server.conf`, join(folder, 'nats-server.conf'))
    const example = readFileSync(`${here}/local.example.conf`, 'utf8')
      // Certificates are the operator's: there are none to read here.
      .replaceAll(/^ *tls \{[^}]*\}/gm, '')
      .replaceAll(/^ACCORD_NKEY_.*$/gm, '')
      .replace('/var/lib/nats', join(folder, 'store'))
    writeFileSync(join(folder, 'local.conf'), `${example}\n${publicKeys.join('\n')}\n`)
    const server = (await ensureTools([toolNamed('nats-server')]))['nats-server'] as string
    const checked = Bun.spawnSync([server, '-t', '-c', join(folder, 'nats-server.conf')])
    expect(checked.stderr.toString()).toContain('is valid')
    expect(checked.exitCode).toBe(0)
  })

  test('the example names every user’s key', () => {
    const example = readFileSync(`${here}/local.example.conf`, 'utf8')
    for (const name of natsIdentities) expect(example).toContain(`ACCORD_NKEY_${name.toUpperCase()}:`)
  })

  test('seeds are readable by their owner alone, and never overwritten', () => {
    const seeds = join(folder, 'seeds')
    for (const file of readdirSync(seeds)) expect(statSync(join(seeds, file)).mode & 0o077, file).toBe(0)
    const again = Bun.spawnSync([process.execPath, `${here}/src/keys.ts`, seeds])
    expect(again.exitCode).not.toBe(0)
  })
})
