import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import { makeFolder, testFolder } from '../place.ts'
import { readLines } from './lines.ts'
import { type KeeperAnswer, type KeeperRequest, keeperLog, keeperSocket } from './protocol.ts'

const startTimeoutMs = 30_000

let connection: Promise<Keeper> | null = null

interface Keeper {
  ask(request: KeeperRequest): Promise<KeeperAnswer>
  leave(): void
}

/** Asks the keeper, starting it first when nobody has. Throws with the reason when it cannot serve. */
export async function askKeeper(request: KeeperRequest): Promise<string> {
  connection ??= connectKeeper()
  const answer = await (await connection).ask(request)
  if (answer.problem !== undefined) throw new Error(answer.problem)
  return answer.url ?? ''
}

/** At the end of a run: lets go, and waits until the servers are gone, unless others still use them. */
export async function leaveKeeper(): Promise<void> {
  if (!connection) return
  await askKeeper({ ask: 'end-soon' })
  ;(await connection).leave()
  const deadline = Date.now() + 5000
  while (existsSync(keeperSocket) && Date.now() < deadline) await Bun.sleep(25)
  while (existsSync(testFolder) && Date.now() < deadline) await Bun.sleep(25)
}

async function connectKeeper(): Promise<Keeper> {
  const deadline = Date.now() + startTimeoutMs
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    const socket = await tryConnect()
    if (socket) return keeperOn(socket)
    // Starting one too many is harmless, it meets the lock and ends; one that was about to end needs a successor.
    if (attempt % 20 === 0) startKeeper()
    await Bun.sleep(25)
  }
  throw new Error(`the keeper of the test servers does not start, see ${keeperLog}`)
}

function tryConnect(): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(keeperSocket)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

function startKeeper(): void {
  const log = openLog()
  if (log === null) return
  const child = spawn(process.execPath, [join(import.meta.dir, 'main.ts')], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  closeSync(log)
}

/** Null in the moment in which the last keeper removes the folder: the next attempt makes it again. */
function openLog(): number | null {
  try {
    makeFolder(testFolder)
    return openSync(keeperLog, 'a', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function keeperOn(socket: Socket): Keeper {
  const waiting = new Map<number, { resolve(answer: KeeperAnswer): void; reject(error: Error): void }>()
  let last = 0
  readLines(socket, (line) => {
    const answer = JSON.parse(line) as KeeperAnswer
    waiting.get(answer.re)?.resolve(answer)
    waiting.delete(answer.re)
    if (waiting.size === 0) socket.unref()
  })
  socket.once('close', () => {
    connection = null
    for (const { reject } of waiting.values()) reject(new Error('the keeper of the test servers is gone'))
  })
  socket.on('error', () => {})
  // Holding the connection must not hold the test process.
  socket.unref()
  return {
    leave: () => socket.destroy(),
    ask(request) {
      return new Promise((resolve, reject) => {
        const re = ++last
        waiting.set(re, { resolve, reject })
        socket.ref()
        socket.write(`${JSON.stringify({ re, ...request })}\n`)
      })
    },
  }
}
