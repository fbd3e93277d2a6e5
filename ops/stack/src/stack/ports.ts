import { createServer } from 'node:net'
import { freePort } from '../process/port.ts'
import { holderOf } from '../process/port-holder.ts'
import { Refusal } from './refusal.ts'

/** Where each server listens. The numbers keep clear of what a developer's machine often runs already. */
export const defaultPorts = {
  gateway: 8080,
  mailbox: 8081,
  checkout: 8082,
  smtp: 11025,
  nats: 14222,
  natsMonitor: 18222,
  postgres: 15432,
  redis: 16379,
}
export type PortName = keyof typeof defaultPorts
export type Ports = Record<PortName, number>

/** Ports that nobody uses now. */
export async function anyPorts(): Promise<Ports> {
  const names = Object.keys(defaultPorts) as PortName[]
  const ports = await Promise.all(names.map(() => freePort()))
  return Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Ports
}

/** Throws a Refusal that names every taken port and who holds it. */
export async function refuseTakenPorts(ports: Partial<Ports>): Promise<void> {
  const taken = (
    await Promise.all(
      Object.entries(ports).map(async ([name, port]) => ((await isFree(port)) ? null : { name, port })),
    )
  ).filter((entry) => entry !== null)
  if (taken.length === 0) return
  const lines = taken.map(
    ({ name, port }) =>
      `Port ${port} (${name}) is taken by ${holderOf(port) ?? 'a process of another user'}.`,
  )
  throw new Refusal(`${lines.join('\n')}\nEnd it, or take any free ports: just up --free-ports`)
}

/** Probed by listening: Bun's own servers would share a port in silence. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
