import { openSecrets } from '../secret/store.ts'
import type { Settings } from '../stack/environment.ts'
import { type Layout, layoutOf } from '../stack/layout.ts'
import type { Ports } from '../stack/ports.ts'
import { Refusal } from '../stack/refusal.ts'
import { readStackFile, type StackFile } from '../stack/report.ts'
import { type ProcessName, wire } from '../stack/wiring.ts'

/** The running stack of this folder. Throws a Refusal when there is none. */
export function runningStack(folder: string): { layout: Layout; stack: StackFile } {
  const layout = layoutOf(folder)
  const stack = readStackFile(layout)
  if (!stack) throw new Refusal('Accord is not running. Start it with: just up')
  return { layout, stack }
}

/** The settings that the running stack was started with, for a command beside it. */
export function runningSettings(folder: string): Settings {
  const { layout, stack } = runningStack(folder)
  const secrets = openSecrets(layout)
  const port = (url: string | null) => (url ? Number(new URL(url).port) : 0)
  const ports: Ports = {
    gateway: port(stack.gateway),
    mailbox: port(stack.mailbox),
    checkout: port(stack.checkout),
    smtp: port(stack.smtp),
    nats: port(stack.nats),
    natsMonitor: 0,
    postgres: port(stack.postgres.identity ?? null),
    redis: port(stack.redis),
  }
  // A command beside the stack must not take the private port of the process whose environment it gets.
  const metrics = Object.fromEntries(Object.keys(stack.metrics).map((name) => [name, 0])) as Record<
    ProcessName,
    number
  >
  return {
    layout,
    secrets,
    env: process.env,
    wiring: wire(ports, metrics, secrets, process.env),
    webFolder: null,
  }
}
