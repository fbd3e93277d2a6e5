/**
 * Requests per second and latencies of gateway → NATS → service on one route, against the same app bare and behind a
 * plain HTTP reverse proxy, in one run and in turns, so that the machine's moods meet all three. On loopback, bounded.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { StackFile } from '@accord/stack/stack/report'
import { type Load, load } from './load.ts'

const route = '/api/v1/billing/plans'
const rounds = 3
const secondsEach = Number(process.argv[2] ?? 5)
const cli = resolve(import.meta.dir, '../../stack/src/cli.ts')
const folder = mkdtempSync(join(tmpdir(), 'accord-bench-'))
const children: Bun.Subprocess[] = []

try {
  await stack('up', '--detach', '--free-ports', '--members', '0')
  const { gateway } = JSON.parse(readFileSync(join(folder, 'stack.json'), 'utf8')) as StackFile
  const bare = await start('bare.ts')
  const proxy = await start('proxy.ts', bare)
  const ways = { bare, proxy, accord: gateway.replace('localhost', '127.0.0.1') }
  const found = await inTurns(ways)
  print(found)
} finally {
  for (const child of children) child.kill()
  await stack('down')
  rmSync(folder, { recursive: true, force: true })
}

async function inTurns<W extends string>(ways: Record<W, string>): Promise<Record<W, Load>> {
  const all = Object.entries(ways) as [W, string][]
  for (const [, origin] of all) await load(origin + route, 2)
  const runs: { way: W; load: Load }[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const [way, origin] of all) runs.push({ way, load: await load(origin + route, secondsEach) })
  }
  const medianOf = (way: W) => {
    const ordered = runs.filter((run) => run.way === way).map((run) => run.load)
    return ordered.sort((a, b) => a.requestsPerSecond - b.requestsPerSecond)[Math.floor(rounds / 2)]
  }
  return Object.fromEntries(all.map(([way]) => [way, medianOf(way)])) as Record<W, Load>
}

function print(found: Record<'bare' | 'proxy' | 'accord', Load>): void {
  const titles = {
    bare: 'bare Elysia app',
    proxy: 'plain HTTP reverse proxy',
    accord: 'gateway, NATS, service',
  }
  console.log(`GET ${route}, 64 connections, median of ${rounds} runs of ${secondsEach} s`)
  console.table(
    Object.fromEntries(
      Object.entries(found).map(([way, { requestsPerSecond, p50, p95, p99, failed }]) => [
        titles[way as keyof typeof titles],
        { 'requests/s': requestsPerSecond, 'p50 ms': p50, 'p95 ms': p95, 'p99 ms': p99, failed },
      ]),
    ),
  )
  const ratio = found.accord.requestsPerSecond / found.proxy.requestsPerSecond
  console.log(`ratio to the plain proxy: ${ratio.toFixed(2)} (aim: 0.60)`)
}

async function start(script: string, ...args: string[]): Promise<string> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, script), ...args], {
    stdout: 'pipe',
    stderr: 'inherit',
  })
  children.push(child)
  const { value } = await child.stdout.getReader().read()
  return new TextDecoder().decode(value).trim()
}

async function stack(...words: string[]): Promise<void> {
  const child = Bun.spawn([process.execPath, cli, ...words, '--folder', folder], {
    env: { ...process.env, RATE_LIMIT_SCALE: '1000000', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if ((await child.exited) !== 0) throw new Error(`The stack did not go ${words[0]}.`)
}
