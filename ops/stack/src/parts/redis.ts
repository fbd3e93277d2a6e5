import { writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { makeFolder } from '../place.ts'
import type { Part } from '../process/part.ts'

export interface RedisOptions {
  binary: string
  folder: string
  logFile: string
  port: number
  password: string
  /** For tests: nothing is written to disk. */
  throwAway?: boolean
}

export function redisUrl(o: { port: number; password: string }): string {
  return `redis://:${o.password}@127.0.0.1:${o.port}/0`
}

/** Redis or Valkey on loopback. */
export function redisPart(o: RedisOptions): Part {
  makeFolder(o.folder, 0o700)
  const file = join(o.folder, 'redis.conf')
  // In a file, not in the arguments, which everybody on the machine can read.
  writeFileSync(file, configuration(o), { mode: 0o600 })
  return {
    name: 'redis',
    launch: { command: [o.binary, file], logFile: o.logFile, cwd: o.folder },
    ready: () => ping(o.port, o.password),
    readyWithinMs: 15_000,
    stop: { signal: 'SIGTERM', graceMs: 5000 },
  }
}

function configuration(o: RedisOptions): string {
  return `${[
    'bind 127.0.0.1',
    `port ${o.port}`,
    `requirepass ${o.password}`,
    `dir ${JSON.stringify(o.folder)}`,
    'daemonize no',
    'maxmemory 256mb',
    // Everything in it is a cache, a counter or a lease: what goes first is what would expire first.
    'maxmemory-policy volatile-ttl',
    o.throwAway ? 'save ""' : 'save 300 1',
    'appendonly no',
  ].join('\n')}\n`
}

function ping(port: number, password: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    const done = (problem: string | null) => {
      socket.destroy()
      resolve(problem)
    }
    socket.setTimeout(1000, () => done('no answer'))
    socket.once('error', (error) => done(error.message))
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
      if (text.includes('+PONG')) done(null)
      else if (text.includes('-')) done(text.trim())
    })
  })
}
