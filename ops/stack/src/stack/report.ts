import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inboxPrefix } from '@accord/contracts/permission'
import { makeFolder } from '../place.ts'
import type { Settings } from './environment.ts'
import type { Layout } from './layout.ts'

/** What `.accord/stack.json` says while everything is ready: for people and scripts. */
export interface StackFile {
  gateway: string
  docs: string
  mailbox: string | null
  smtp: string
  checkout: string | null
  nats: string
  redis: string
  postgres: Record<string, string>
  metrics: Record<string, string>
  pids: Record<string, number>
  logs: Record<string, string>
  /** Pid of the process that keeps the others. */
  supervisor: number
}

export function stackFileOf(settings: Settings, pids: Record<string, number>): StackFile {
  const { wiring, layout } = settings
  const local = (port: number) => `http://127.0.0.1:${port}`
  const gateway = `http://localhost:${wiring.ports.gateway}`
  return {
    gateway,
    docs: `${gateway}/docs`,
    mailbox: wiring.embedded.mailbox ? local(wiring.ports.mailbox) : null,
    smtp: wiring.smtpUrl,
    checkout: wiring.embedded.stripe ? local(wiring.ports.checkout) : null,
    nats: wiring.natsUrl,
    redis: wiring.redisUrl,
    postgres: Object.fromEntries(Object.entries(wiring.databases).map(([name, { url }]) => [name, url])),
    metrics: Object.fromEntries(
      Object.entries(wiring.metrics).map(([name, port]) => [name, `${local(port)}/metrics`]),
    ),
    pids,
    logs: Object.fromEntries(Object.keys(pids).map((name) => [name, layout.log(name)])),
    supervisor: process.pid,
  }
}

/** Readable by its owner alone, since it holds addresses with passwords. */
export function writeStackFile(layout: Layout, content: StackFile): void {
  writeFileSync(`${layout.stackFile}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${layout.stackFile}.new`, layout.stackFile)
}

export function removeStackFile(layout: Layout): void {
  rmSync(layout.stackFile, { force: true })
}

/** The stack that runs on this folder, or null. */
export function readStackFile(layout: Layout): StackFile | null {
  try {
    return JSON.parse(readFileSync(layout.stackFile, 'utf8')) as StackFile
  } catch {
    return null
  }
}

/** Contexts for the `nats` CLI: `operator` looks at the platform, `surveyor` at the server. */
export function writeNatsContexts({ wiring, secrets, layout }: Settings): void {
  const folder = join(layout.natsContexts, 'nats/context')
  makeFolder(folder, 0o700)
  const write = (name: 'operator' | 'surveyor', description: string, inbox: string) =>
    writeFileSync(
      join(folder, `${name}.json`),
      `${JSON.stringify({ description, url: wiring.natsUrl, nkey: secrets.natsFile(name), inbox_prefix: inbox }, null, 2)}\n`,
      { mode: 0o600 },
    )
  write('operator', 'Reads everything of the platform, changes nothing.', inboxPrefix('operator'))
  write('surveyor', 'The system account: servers, connections, accounts.', '_INBOX')
  writeFileSync(join(layout.natsContexts, 'nats/context.txt'), 'operator')
}

/** What a person needs to know once everything runs. */
export function summary(settings: Settings, stack: StackFile, seconds: number): string {
  const { wiring, layout } = settings
  const demo = join(layout.root, 'secrets/demo-password')
  const rows: [string, string][] = [
    ['API', stack.gateway],
    ['docs', stack.docs],
    ...(stack.mailbox ? [['mailbox', stack.mailbox] as [string, string]] : []),
    ['NATS', `${wiring.natsUrl}   just nats micro ls`],
    ['sign in', `demo1@accord.example … password in ${demo}`],
    ['look on', 'just status   just logs   just down'],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    '',
    `Accord runs (${seconds.toFixed(1)} s).`,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
  ].join('\n')
}
