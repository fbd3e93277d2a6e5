import { expect, test } from 'bun:test'
import { createConnection } from 'node:net'
import { Client } from 'pg'
import { createTestDatabase, type TestRedis } from '../harness.ts'

interface Made {
  natsUrl: string
  databaseUrl: string
  redis: TestRedis
}

test('a test process that is killed leaves no server and no database behind', async () => {
  const other = await createTestDatabase('kit', `${import.meta.dir}/../harness/sample-migrations`)
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/leftover.sample.ts`], { stdout: 'pipe' })
  const made = JSON.parse(await firstLine(child.stdout)) as Made
  expect(await accepts(made.natsUrl)).toBe(true)

  const connections = new Client(other.url)
  await connections.connect()
  const name = new URL(made.databaseUrl).pathname.slice(1)
  const remains = async () =>
    (await connections.query('select from pg_database where datname = $1', [name])).rowCount === 1
  expect(await remains()).toBe(true)

  child.kill('SIGKILL')
  await child.exited
  await until(async () => !(await accepts(made.natsUrl)) && !(await remains()))
  await connections.end()
  await other.drop()
}, 30_000)

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += new TextDecoder().decode(chunk)
    if (text.includes('\n')) break
  }
  return text.slice(0, text.indexOf('\n'))
}

function accepts(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(url).port) })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Asks again until it is so; the test's own time limit ends it. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await Bun.sleep(50)
}
