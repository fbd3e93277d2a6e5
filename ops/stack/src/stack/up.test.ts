/** Starts and ends the real thing, each time on a folder of its own. */
import { afterEach, describe, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { createTestDatabase } from '../harness.ts'
import { askKeeper } from '../keeper/client.ts'
import { isAlive, markOf, type ProcessMark } from '../process/alive.ts'
import { layoutOf } from './layout.ts'
import { readStackFile, type StackFile } from './report.ts'

const cli = `${import.meta.dir}/../cli.ts`
const folders: string[] = []

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    await run(folder, 'down').exited
    rmSync(folder, { recursive: true, force: true })
  }
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'accord-up-'))
  folders.push(folder)
  return folder
}

/** One command of ours, with what it says. Ended with this test process, however that ends. */
function run(folder: string, command: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, cli, command, '--folder', folder, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  if (command === 'up') {
    void askKeeper({ ask: 'own-process', mark: markOf(child.pid), folder, graceMs: 20_000 })
  }
  const said = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]).then(
    (both) => both.join(''),
  )
  return { pid: child.pid, exited: child.exited, kill: (signal: NodeJS.Signals) => child.kill(signal), said }
}

async function until<T>(
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await Bun.sleep(20)
  }
}

const bare = ['--bare', '--free-ports']
const ready = (folder: string): Promise<StackFile> => until(() => readStackFile(layoutOf(folder)))
const marksOf = (folder: string): ProcessMark[] =>
  existsSync(layoutOf(folder).processesFile)
    ? JSON.parse(readFileSync(layoutOf(folder).processesFile, 'utf8'))
    : []

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('up', () => {
  test('names who holds a taken port, and starts nothing', async () => {
    const holder = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
    const folder = newFolder()
    const started = run(folder, 'up', ['--free-ports', '--port', String(holder.port)])
    expect(await started.exited).toBe(1)
    expect(await started.said).toContain(`Port ${holder.port} (gateway) is taken by pid ${process.pid} (`)
    expect(marksOf(folder)).toEqual([])
    holder.stop(true)
  }, 20_000)

  test('says in one line that a folder cannot be written', async () => {
    const started = run('/dev/null/accord', 'up', bare)
    expect(await started.exited).toBe(1)
    expect((await started.said).trim()).toMatch(/^Accord cannot write in \/dev\/null\/accord .*$/)
  }, 20_000)

  test('says in one line whose database refuses its password', async () => {
    const database = await createTestDatabase('identity', `${import.meta.dir}/../harness/sample-migrations`)
    const wrong = new URL(database.url)
    wrong.password = 'wrong'
    const folder = newFolder()
    const started = run(folder, 'up', bare, { DATABASE_URL_IDENTITY: wrong.href })
    expect(await started.exited).toBe(1)
    const said = await started.said
    expect(said).toContain(
      'identity: the database refuses the password of accord_identity. Look at DATABASE_URL_IDENTITY.',
    )
    expect(said).not.toContain('    at ')
    expect(existsSync(layoutOf(folder).processesFile)).toBe(false)
    await database.drop()
  }, 30_000)

  test('a second one on the same folder says that it is already running', async () => {
    const folder = newFolder()
    const first = run(folder, 'up', bare)
    await ready(folder)
    const second = run(folder, 'up', bare)
    expect(await second.exited).toBe(1)
    expect(await second.said).toContain(`is already running on ${folder}`)
    expect(await run(folder, 'down').exited).toBe(0)
    expect(await first.exited).toBe(0)
    expect(readStackFile(layoutOf(folder))).toBeNull()
  }, 30_000)

  test('after a kill -9 the next start ends what was left and finds all data', async () => {
    const folder = newFolder()
    const first = run(folder, 'up', bare)
    const stack = await ready(folder)
    const left = marksOf(folder)
    await query(stack.postgres.chat ?? '', 'create table kept (id int); insert into kept values (7)')
    first.kill('SIGKILL')
    await first.exited
    expect(left.length).toBeGreaterThanOrEqual(4)
    expect(left.every(isAlive)).toBe(true)

    rmSync(layoutOf(folder).stackFile)
    const second = run(folder, 'up', bare)
    const again = await ready(folder)
    expect(left.some(isAlive)).toBe(false)
    expect(await query(again.postgres.chat ?? '', 'select id from kept')).toEqual([{ id: 7 }])
    second.kill('SIGINT')
    expect(await second.exited).toBe(0)
    expect(await second.said).toContain('an earlier run was cut off')
  }, 60_000)

  test('Ctrl-C in the middle of the first start leaves nothing running, and the next start works', async () => {
    const folder = newFolder()
    const first = run(folder, 'up', bare)
    const started = await until(() => {
      const marks = marksOf(folder)
      return marks.length > 0 && marks
    })
    first.kill('SIGINT')
    expect(await first.exited).toBe(130)
    expect(started.some(isAlive)).toBe(false)
    expect(existsSync(layoutOf(folder).processesFile)).toBe(false)

    const second = run(folder, 'up', bare)
    const { pids } = await ready(folder)
    const marks = Object.values(pids).map(markOf)
    second.kill('SIGTERM')
    expect(await second.exited).toBe(0)
    expect(marks.some(isAlive)).toBe(false)
  }, 60_000)

  test('a server that is killed runs again on the same address', async () => {
    const folder = newFolder()
    const started = run(folder, 'up', bare)
    const { pids, redis } = await ready(folder)
    process.kill(pids.redis ?? 0, 'SIGKILL')
    const again = await until(() => {
      const now = readStackFile(layoutOf(folder))
      return now && now.pids.redis !== undefined && now.pids.redis !== pids.redis && now
    })
    expect(again.redis).toBe(redis)
    const client = new Redis(redis)
    expect(await client.ping()).toBe('PONG')
    client.disconnect()
    started.kill('SIGINT')
    expect(await started.exited).toBe(0)
    expect(await started.said).toMatch(/redis ended \(SIGKILL\), starting it again in 0\.5 s/)
  }, 60_000)

  test('keeps every secret where its owner alone can read it', async () => {
    const folder = newFolder()
    const started = run(folder, 'up', bare)
    await ready(folder)
    const layout = layoutOf(folder)
    for (const closed of ['secrets', 'keys', 'nats-cli']) {
      expect(statSync(join(folder, closed)).mode & 0o777, closed).toBe(0o700)
      for (const file of readdirSync(join(folder, closed), { withFileTypes: true })) {
        if (file.isFile()) expect(statSync(join(folder, closed, file.name)).mode & 0o077, file.name).toBe(0)
      }
    }
    expect(statSync(layout.stackFile).mode & 0o077).toBe(0)
    started.kill('SIGINT')
    await started.exited
  }, 30_000)
})
