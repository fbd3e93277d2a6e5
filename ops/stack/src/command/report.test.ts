import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReport } from './report.ts'

const folder = mkdtempSync(join(tmpdir(), 'accord-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function reportOf(name: string, source: string) {
  const file = join(folder, `${name}.test.ts`)
  const report = join(folder, `${name}.xml`)
  await Bun.write(file, `import { beforeAll, describe, expect, test } from 'bun:test'\n${source}`)
  const command = [process.execPath, 'test', file, '--reporter=junit', `--reporter-outfile=${report}`]
  await Bun.spawn(command, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] }).exited
  return readReport(report)
}

test('a report counts, and says of each failure where and why', async () => {
  const { passed, failed, failures } = await reportOf(
    'mixed',
    `test('holds', () => {})
     test.skip('waits', () => {})
     describe('outer', () => {
       describe('inner', () => {
         test('differs', () => { expect('<a & b>').toBe('c') })
       })
       test('hangs', () => new Promise(() => {}), 50)
     })
     describe('without a ground', () => {
       beforeAll(() => { throw new Error('no set-up') })
       test('is not run', () => {})
     })`,
  )
  expect({ passed, failed }).toEqual({ passed: 1, failed: 3 })
  expect(failures.map(({ test }) => test)).toEqual([
    'mixed.test.ts:8 outer > hangs',
    'mixed.test.ts:6 outer > inner > differs',
    'mixed.test.ts without a ground > (unnamed)',
  ])
  const [hangs, differs, unready] = failures.map(({ reason }) => reason)
  expect(hangs).toContain('timed out')
  expect(differs).toContain('Expected: "c"\nReceived: "<a & b>"')
  expect(unready).toContain('no set-up')
})

test('one test, and none, are counted too', async () => {
  expect(await reportOf('one', `test('differs', () => expect(1).toBe(2))`)).toMatchObject({
    passed: 0,
    failed: 1,
    failures: [{ test: 'one.test.ts:2 differs' }],
  })
  expect(readReport(join(folder, 'none.xml'))).toEqual({ passed: 0, failed: 0, failures: [] })
})
