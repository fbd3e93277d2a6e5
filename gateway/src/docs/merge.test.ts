import { describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from '@accord/contracts/service'
import { systemClock } from '@accord/kit/clock'
import { createServiceApp } from '@accord/kit/http/app'
import { createDocument } from '@accord/kit/http/document'
import { operationsOf } from '@accord/kit/http/operations'
import { createLogger } from '@accord/kit/log'
import type { AnyElysia } from 'elysia'
import { billingSample, identitySample, matchSample } from '../fixture/service.sample.ts'
import type { OpenApiDocument, OperationObject } from '../route/openapi.ts'
import { mergeDocuments } from './merge.ts'

const log = createLogger({ service: 'gateway', level: 'silent' })
const documentOf = (service: ServiceName, features: AnyElysia) => {
  const actorKey = { verify: async () => null }
  const app = createServiceApp({ service, clock: systemClock, log, actorKey }).use(features)
  const document: unknown = createDocument(service, '1.0.0', operationsOf(app))
  return { hash: service, document: document as OpenApiDocument }
}
const merged = mergeDocuments(
  new Map([
    ['match', documentOf('match', matchSample())],
    ['identity', documentOf('identity', identitySample())],
    ['billing', documentOf('billing', billingSample())],
  ]),
  'https://accord.example/',
)
const operationAt = (path: string, method: string) => merged.paths?.[path]?.[method] as OperationObject

describe('the merged document', () => {
  test('holds the operations of every service, with how each is secured', () => {
    expect(Object.keys(merged.paths ?? {})).toContain('/api/v1/billing/webhooks/stripe')
    expect(operationAt('/api/v1/matches/seen', 'get').security).toEqual([{ bearer: [] }, { cookie: [] }])
    expect(operationAt('/api/v1/matches/things/{id}', 'post').security).toEqual([
      { bearer: [] },
      { cookie: [], csrf: [] },
    ])
    expect(operationAt('/api/v1/auth/login', 'post').security).toEqual([])
  })
  test('says what the platform itself may answer', () => {
    const statuses = Object.keys(operationAt('/api/v1/matches/things/{id}', 'post').responses ?? {})
    expect(statuses).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '413', '415', '422', '429', '500', '503', '504']),
    )
    expect(Object.keys(operationAt('/api/v1/matches/open', 'get').responses ?? {})).not.toContain('401')
  })
  test('has one problem schema, and uploads as files', () => {
    expect(Object.keys(merged.components?.schemas ?? {})).toEqual(['Problem'])
    expect(operationAt('/api/v1/users/profile/photos', 'post').requestBody).toMatchObject({
      content: { 'image/png': { schema: { format: 'binary' } } },
    })
  })
  test('passes the recommended rules of Redocly', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'accord-openapi-'))
    const file = join(folder, 'openapi.json')
    await Bun.write(file, JSON.stringify(merged))
    const lint = Bun.spawnSync(
      [process.execPath, 'x', 'redocly', 'lint', file, '--extends', 'recommended', '--format', 'json'],
      {
        cwd: import.meta.dir,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    )
    rmSync(folder, { recursive: true })
    const report = JSON.parse(lint.stdout.toString())
    expect(report.problems.filter((problem: { severity: string }) => problem.severity === 'error')).toEqual(
      [],
    )
    expect(report.problems.map((problem: { ruleId: string }) => problem.ruleId)).toEqual([])
    expect(lint.exitCode).toBe(0)
  }, 60_000)
})
