import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { initPostgres, postgresPart, superuserUrl } from '../parts/postgres.ts'
import { postgresBinaries } from '../parts/postgres-binaries.ts'
import { redisPart, redisUrl } from '../parts/redis.ts'
import { testFolder } from '../place.ts'
import { endLeftover, markOf, type ProcessMark } from '../process/alive.ts'
import { launch } from '../process/launch.ts'
import { type Part, startPart } from '../process/part.ts'
import { freePort } from '../process/port.ts'
import { unprivilegedUser } from '../process/system-user.ts'
import { ensureTools } from '../tools/install.ts'
import { toolNamed } from '../tools/table.ts'
import { keeperMarks } from './protocol.ts'

/** The two servers that all tests of a run share, each started when it is first asked for. */
export interface SharedServers {
  postgres(): Promise<string>
  redis(): Promise<string>
  /** Addresses of those that run, for cleaning up in them. */
  running(): { postgres: string | null; redis: string | null }
  stop(): Promise<void>
}

export function createSharedServers(): SharedServers {
  const password = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64url')
  const marks: ProcessMark[] = []
  const urls: { postgres: string | null; redis: string | null } = { postgres: null, redis: null }
  const stops: (() => Promise<void>)[] = []
  const started: { postgres?: Promise<string>; redis?: Promise<string> } = {}

  const start = async (part: Part) => {
    const server = await startPart(part, ({ pid }) => {
      marks.push(markOf(pid))
      writeFileSync(keeperMarks, JSON.stringify(marks))
    })
    stops.push(() => server.stop(part.stop))
  }
  const postgres = async () => {
    const user = unprivilegedUser()
    const options = {
      binaries: postgresBinaries(user),
      dataFolder: join(testFolder, 'postgres'),
      logFile: join(testFolder, 'postgres.log'),
      port: await freePort(),
      user,
      password,
      throwAway: true,
    }
    await initPostgres(options, (program) => launch(program).exited)
    await start(postgresPart(options))
    urls.postgres = superuserUrl(options)
    return urls.postgres
  }
  const redis = async () => {
    const binary = (await ensureTools([toolNamed('redis-server')]))['redis-server'] as string
    const options = {
      binary,
      folder: join(testFolder, 'redis'),
      logFile: join(testFolder, 'redis.log'),
      port: await freePort(),
      password,
      throwAway: true,
    }
    await start(redisPart(options))
    urls.redis = redisUrl(options)
    return urls.redis
  }
  return {
    postgres: () => (started.postgres ??= postgres()),
    redis: () => (started.redis ??= redis()),
    running: () => urls,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

/** Ends servers of a keeper that was killed, and clears their data. */
export async function clearLeftovers(): Promise<void> {
  if (existsSync(keeperMarks)) {
    const marks = JSON.parse(readFileSync(keeperMarks, 'utf8')) as ProcessMark[]
    await Promise.all(marks.map((mark) => endLeftover(mark, 'SIGINT', 5000)))
  }
  for (const name of ['postgres', 'postgres.new', 'redis', 'servers.json', 'keeper.sock']) {
    rmSync(join(testFolder, name), { recursive: true, force: true })
  }
}
