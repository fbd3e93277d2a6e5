import { writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { renderConfiguration, renderLocal } from '../nats/configuration.ts'
import type { NatsSeeds } from '../nats/identity.ts'
import { makeFolder } from '../place.ts'
import type { Part } from '../process/part.ts'

export interface NatsOptions {
  binary: string
  folder: string
  logFile: string
  port: number
  monitorPort: number
  seeds: NatsSeeds
}

/** nats-server with the configuration of production, on loopback. */
export function natsPart(o: NatsOptions): Part {
  makeFolder(o.folder, 0o700)
  writeFileSync(join(o.folder, 'nats-server.conf'), renderConfiguration())
  writeFileSync(
    join(o.folder, 'local.conf'),
    renderLocal({
      serverName: 'accord-1',
      listen: `127.0.0.1:${o.port}`,
      monitor: `127.0.0.1:${o.monitorPort}`,
      storeFolder: join(o.folder, 'jetstream'),
      syncAlways: false,
      seeds: o.seeds,
    }),
    { mode: 0o600 },
  )
  return {
    name: 'nats',
    launch: { command: [o.binary, '-c', join(o.folder, 'nats-server.conf')], logFile: o.logFile },
    ready: () => greets(o.port, /^INFO /),
    // JetStream reads back what it holds before it listens.
    readyWithinMs: 60_000,
    stop: { signal: 'SIGTERM', graceMs: 10_000 },
  }
}

/** Null when a server at this port greets as it should, else why not. */
export function greets(port: number, greeting: RegExp): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    const done = (problem: string | null) => {
      socket.destroy()
      resolve(problem)
    }
    socket.setTimeout(1000, () => done('no answer'))
    socket.once('error', (error) => done(error.message))
    socket.once('data', (chunk) => done(greeting.test(chunk.toString()) ? null : 'another server answers'))
  })
}
