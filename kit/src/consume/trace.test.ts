import { expect, test } from 'bun:test'
import { consumers } from '@accord/contracts/consumer'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { newId } from '@accord/contracts/id'
import { startTestNats } from '@accord/stack/harness'
import { systemClock } from '../clock.ts'
import { runInContext } from '../context.ts'
import { openFixture, recordEffect, silent } from '../fixture/database.sample.ts'
import { enqueueMatch } from '../fixture/events.sample.ts'
import { startRelay } from '../outbox/relay.ts'
import { startTelemetry, withSpan } from '../telemetry.ts'
import { startConsumer } from './consumer.ts'
import { defineConsumer, on } from './define.ts'

interface ZipkinSpan {
  traceId: string
  name: string
  kind?: string
  tags?: Record<string, string>
}

test('one trace goes from the use case over outbox, stream and consumer to the SQL of the effect', async () => {
  const spans: ZipkinSpan[] = []
  const collector = Bun.serve({
    port: 0,
    async fetch(request) {
      spans.push(...((await request.json()) as ZipkinSpan[]))
      return new Response(null, { status: 202 })
    },
  })
  const [nats, match, chat] = await Promise.all([startTestNats(), openFixture(), openFixture()])
  const telemetry = await startTelemetry({
    service: 'test',
    tracesUrl: `http://127.0.0.1:${collector.port}/api/v2/spans`,
  })
  const aggregate = newId('mat')
  await runInContext({ requestId: 'request' }, () =>
    withSpan('useCase', {}, () => match.primary.transaction().execute((trx) => enqueueMatch(trx, aggregate))),
  )
  const relay = startRelay({
    db: match.primary,
    url: match.url,
    nats: await nats.connect('match'),
    service: 'match',
    log: silent,
  })
  await relay.idle()
  const consumer = startConsumer({
    nats: await nats.connect('chat'),
    db: chat.primary,
    definition: defineConsumer(consumers['chat-matches'], [
      on(matchCreated, recordEffect),
      on(matchEnded, async () => {}),
    ]),
    log: silent,
    clock: systemClock,
  })
  await nats.caughtUp('chat-matches')
  await Promise.all([relay.stop(), consumer.stop()])
  await telemetry.stop()
  await Promise.all([match.drop(), chat.drop(), nats.stop()])
  await collector.stop(true)

  const root = spans.find((span) => span.name === 'useCase')
  const trace = spans.filter((span) => span.traceId === root?.traceId)
  expect(trace.map((span) => span.name)).toEqual(
    expect.arrayContaining(['useCase', 'publish match.match.created', 'apply match.match.created', 'insert']),
  )
  const effect = trace.find((span) => span.tags?.['db.query.text']?.includes('"effects"'))
  expect(effect?.kind).toBe('CLIENT')
  // Text with placeholders: no value leaves the process.
  expect(JSON.stringify(spans)).not.toContain(aggregate)
})
