/**
 * The keeper: a process of its own that runs the Postgres and the Redis which all test processes share, and
 * cleans up after each of them, also after one that was killed. The first test process starts it; it ends a
 * few seconds after the last has gone.
 */
import { rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { makeFolder, testFolder } from '../place.ts'
import { tryLock } from '../process/lock.ts'
import { claim, cleanUp, noClaims } from './claims.ts'
import { readLines } from './lines.ts'
import { type KeeperAnswer, type KeeperRequest, keeperLock, keeperSocket } from './protocol.ts'
import { clearLeftovers, createSharedServers } from './servers.ts'

let graceMs = 3000

makeFolder(dirname(keeperLock))
const release = tryLock(keeperLock)
// Somebody else keeps already, or is about to end; whoever started us asks again.
if (!release) process.exit(0)

makeFolder(testFolder)
await clearLeftovers()
const servers = createSharedServers()
const holders = new Set<Socket>()
let cleaning = 0
let grace: Timer | undefined

const server = createServer((socket) => {
  clearTimeout(grace)
  holders.add(socket)
  const claims = noClaims()
  readLines(socket, (line) => void answer(socket, JSON.parse(line)))
  socket.on('error', () => {})
  socket.once('close', async () => {
    holders.delete(socket)
    cleaning++
    await cleanUp(claims, servers.running()).catch((error) => console.error(error))
    cleaning--
    waitForNext()
  })

  async function answer(to: Socket, request: KeeperRequest & { re: number }): Promise<void> {
    let reply: KeeperAnswer = { re: request.re }
    try {
      if (request.ask === 'postgres') reply = { ...reply, url: await servers.postgres() }
      else if (request.ask === 'redis') reply = { ...reply, url: await servers.redis() }
      else if (request.ask === 'end-soon') graceMs = 0
      else claim(claims, request)
    } catch (error) {
      reply = { ...reply, problem: (error as Error).message }
    }
    to.write(`${JSON.stringify(reply)}\n`)
  }
})

server.listen(keeperSocket, waitForNext)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end())

/** Ends when nobody comes within the grace time: one package's tests follow another's. */
function waitForNext(): void {
  clearTimeout(grace)
  if (holders.size === 0 && cleaning === 0) grace = setTimeout(() => void end(), graceMs)
}

async function end(): Promise<void> {
  server.close()
  // Nobody can connect from here on; whoever did so in this very moment is told by the closed socket.
  rmSync(keeperSocket, { force: true })
  for (const socket of holders) socket.destroy()
  await servers.stop()
  await clearLeftovers()
  rmSync(testFolder, { recursive: true, force: true })
  release?.()
  process.exit(0)
}
