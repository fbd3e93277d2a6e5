import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { lift, NotLiftable } from './lift.ts'

const work = mkdtempSync(join(tmpdir(), 'accord-lifted-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const services = ['svc-identity', 'svc-match', 'svc-chat', 'svc-billing', 'svc-notify']
/** The servers' programs are shared with the tree; everything else is the lifted service's own. */
const tools = process.env.ACCORD_TOOLS ?? resolve(import.meta.dir, '../../../.accord/tools')

for (const service of services) {
  test(`${service} passes its tests where nothing of the tree is beside it`, async () => {
    const folder = join(work, service)
    await lift(service, folder)
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).not.toContain('file:..')
    const tests = Bun.spawn([process.execPath, 'test', '--timeout', '30000'], {
      cwd: folder,
      env: { ...process.env, ACCORD_TOOLS: tools },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [code, said] = await Promise.all([tests.exited, new Response(tests.stderr).text()])
    expect({ code, said: code === 0 ? '' : said.slice(-4000) }).toEqual({ code: 0, said: '' })
    rmSync(folder, { recursive: true, force: true })
  }, 600_000)
}

test('a folder that holds something is left alone', async () => {
  writeFileSync(join(work, 'note.txt'), 'mine')
  await expect(lift('svc-chat', work)).rejects.toThrow(NotLiftable)
  expect(readFileSync(join(work, 'note.txt'), 'utf8')).toBe('mine')
})

test('what is no service is refused by name', async () => {
  await expect(lift('../etc', join(work, 'x'))).rejects.toThrow('../etc is no service of this tree.')
})
