import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createApi, expecting } from './api.ts'
import { runningStack } from './stack.ts'

const api = createApi(runningStack().gateway)
const folder = mkdtempSync(join(tmpdir(), 'accord-document-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the merged document passes Redocly’s recommended rules', async () => {
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(await expecting(200, api('/openapi.json'))))
  const redocly = resolve(import.meta.dir, '../../../node_modules/@redocly/cli/bin/cli.js')
  const lint = Bun.spawn(
    [process.execPath, redocly, 'lint', '--extends', 'recommended', '--format', 'stylish', file],
    {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      stdout: 'pipe',
      stderr: 'pipe',
    },
  )
  const [code, said] = await Promise.all([lint.exited, new Response(lint.stdout).text()])
  expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' })
}, 60_000)

test('the docs come from our own server alone', async () => {
  const page = await api('/docs')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(String(page.body)).not.toMatch(/https?:\/\/(?!localhost|127\.0\.0\.1)[^"' ]+\.(js|css)/)
})

test('the events are documented', async () => {
  const events = await expecting(200, api('/asyncapi.json'))
  expect(JSON.stringify(events)).toContain('match.match.created')
})
