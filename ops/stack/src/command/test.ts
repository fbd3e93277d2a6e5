import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { askKeeper, leaveKeeper } from '../keeper/client.ts'
import { projectFolder } from '../place.ts'
import { ensureTools } from '../tools/install.ts'
import { run } from '../tools/run.ts'
import { toolNamed } from '../tools/table.ts'
import { checks } from './check.ts'
import { type Report, readReport } from './report.ts'

interface Result extends Report {
  name: string
  seconds: number
  /** What it printed, kept for a failure. */
  output: string
}

const packageTimeoutMs = 40 * 60_000
const sideBySide = 2
/** Starts whole stacks: alone, after all others. */
const last = ['ops/e2e', 'ops/browser', 'ops/lift', 'ops/bench']

/**
 * `just test [package…]`: the checks, then the tests of every package on real servers, counted from their
 * JUnit reports. Why tests failed stands once more at the end, where a log that was cut still has it. The last
 * line is `tests: N passed, N failed`.
 */
export async function test(names: readonly string[]): Promise<number> {
  await ensureTools([toolNamed('nats-server'), toolNamed('redis-server')], console.log)
  const reports = mkdtempSync(join(tmpdir(), 'accord-reports-'))
  try {
    const checksFailed = names.length > 0 ? 0 : await runChecks()
    // Held for the whole run, so that one package's tests find the servers of the other's.
    await askKeeper({ ask: 'postgres' })
    const packages = packagesWithTests().filter(
      (path) => names.length === 0 || names.some((name) => path === name || basename(path) === name),
    )
    const results: Result[] = []
    const queue = packages.filter((path) => !last.includes(path))
    const work = async () => {
      for (let path = queue.shift(); path; path = queue.shift())
        results.push(show(await testPackage(path, reports)))
    }
    await Promise.all(Array.from({ length: sideBySide }, work))
    for (const path of packages.filter((candidate) => last.includes(candidate))) {
      results.push(show(await testPackage(path, reports)))
    }
    const passed = results.reduce((sum, result) => sum + result.passed, 0)
    const failed = results.reduce((sum, result) => sum + result.failed, 0)
    await leaveKeeper()
    for (const result of results) if (result.failed > 0) console.log(`\n${result.name}\n${reasonsOf(result)}`)
    if (checksFailed > 0) console.log(`checks: ${checksFailed} failed`)
    console.log(`tests: ${passed} passed, ${failed} failed`)
    return passed > 0 && failed === 0 && checksFailed === 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

async function runChecks(): Promise<number> {
  let failed = 0
  for (const { name, command } of checks) {
    const { code, output } = await run(command as [string, ...string[]], { cwd: projectFolder })
    if (code !== 0) {
      failed++
      console.log(output)
    }
    console.log(`${name.padEnd(22)} ${code === 0 ? 'fine' : 'FAILED'}`)
  }
  return failed
}

/** Folders of packages that hold a test file, from the root of the tree. */
function packagesWithTests(): string[] {
  const roots = ['contracts', 'kit', 'gateway', ...matching('svc-'), ...matching('ops/'), 'web']
  return roots.filter(
    (path) =>
      existsSync(join(projectFolder, path, 'package.json')) &&
      [...new Bun.Glob('{src,test}/**/*.test.ts').scanSync(join(projectFolder, path))].length > 0,
  )
}

function matching(prefix: string): string[] {
  const folder = prefix.includes('/') ? dirname(`${prefix}x`) : ''
  return readdirSync(join(projectFolder, folder))
    .map((name) => join(folder, name))
    .filter((path) => path.startsWith(prefix))
    .sort()
}

async function testPackage(path: string, reports: string): Promise<Result> {
  const since = performance.now()
  const folder = join(projectFolder, path)
  const report = join(reports, `${path.replace('/', '-')}.xml`)
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const [program = 'bun', ...words] = ((scripts?.test as string) ?? 'bun test').split(' ')
  const { code, output } = await run(
    [
      program === 'bun' ? process.execPath : program,
      ...words,
      '--reporter=junit',
      `--reporter-outfile=${report}`,
    ],
    {
      cwd: folder,
      timeoutMs: packageTimeoutMs,
      // Ours first: node_modules may hold a stub of the same name.
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
    },
  )
  const counted = readReport(report)
  // A run that broke off without a failed test is a failure too.
  const failed = counted.failed + (code !== 0 && counted.failed === 0 ? 1 : 0)
  return { ...counted, name: path, failed, output, seconds: (performance.now() - since) / 1000 }
}

/** Of a package that broke off without a failed test, what it printed last. */
function reasonsOf({ failures, output }: Result): string {
  if (failures.length === 0) return output.trimEnd().split('\n').slice(-40).join('\n')
  return failures.map(({ test, reason }) => `${test}\n${reason}`).join('\n')
}

function show(result: Result): Result {
  const { name, passed, failed, seconds, output } = result
  if (failed > 0) console.log(output)
  const outcome = failed > 0 ? `${passed} passed, ${failed} FAILED` : `${passed} passed`
  console.log(`${name.padEnd(22)} ${outcome} (${seconds.toFixed(1)} s)`)
  return result
}
