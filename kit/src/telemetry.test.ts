import { afterEach, describe, expect, test } from 'bun:test'
import { currentContext, runInContext } from './context.ts'
import { startTelemetry, type Telemetry, withSpan } from './telemetry.ts'

let telemetry: Telemetry | undefined
afterEach(() => telemetry?.stop())

/** A server that keeps what is sent to it. */
function collector() {
  const bodies: { path: string; text: string }[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      bodies.push({ path: new URL(request.url).pathname, text: await request.text() })
      return Response.json({})
    },
  })
  return { url: `http://127.0.0.1:${server.port}`, bodies, stop: () => server.stop(true) }
}

const remote = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

async function work(): Promise<string | undefined> {
  return runInContext({ requestId: 'r', traceparent: remote }, () =>
    withSpan('outer', { traceparent: remote }, () =>
      withSpan('inner', { attributes: { table: 'messages' } }, async () => currentContext()?.traceparent),
    ),
  )
}

describe('tracing', () => {
  test('that is off hands the traceparent on and records nothing', async () => {
    expect(await work()).toBe(remote)
  })
  test('sends spans of one trace to Zipkin, children under their parents', async () => {
    const zipkin = collector()
    telemetry = await startTelemetry({ service: 'chat', tracesUrl: `${zipkin.url}/api/v2/spans` })
    const inside = await work()
    await telemetry.stop()
    const spans = zipkin.bodies.flatMap(({ text }) => JSON.parse(text))
    const [inner, outer] = ['inner', 'outer'].map((name) => spans.find((span) => span.name === name))
    expect(outer).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentId: 'b7ad6b7169203331',
      localEndpoint: { serviceName: 'chat' },
    })
    expect(inner).toMatchObject({ traceId: outer.traceId, parentId: outer.id, tags: { table: 'messages' } })
    expect(inside).toBe(`00-${inner.traceId}-${inner.id}-01`)
    zipkin.stop()
  })
  test('sends OTLP to any other address', async () => {
    const otlp = collector()
    telemetry = await startTelemetry({ service: 'chat', tracesUrl: `${otlp.url}/v1/traces` })
    await work()
    await telemetry.stop()
    expect(otlp.bodies[0]?.path).toBe('/v1/traces')
    expect(otlp.bodies[0]?.text).toContain('outer')
    otlp.stop()
  })
  test('respects that a caller did not sample its trace', async () => {
    const zipkin = collector()
    telemetry = await startTelemetry({ service: 'chat', tracesUrl: `${zipkin.url}/api/v2/spans` })
    const unsampled = remote.replace(/01$/, '00')
    await withSpan('outer', { traceparent: unsampled }, () => Promise.resolve())
    await telemetry.stop()
    expect(zipkin.bodies).toEqual([])
    zipkin.stop()
  })
  test('marks a span whose work failed, without its message', async () => {
    const zipkin = collector()
    telemetry = await startTelemetry({ service: 'chat', tracesUrl: `${zipkin.url}/api/v2/spans` })
    const failed = withSpan('failing', {}, () => Promise.reject(new Error('hunter2')))
    expect(failed).rejects.toThrow('hunter2')
    await failed.catch(() => {})
    await telemetry.stop()
    expect(zipkin.bodies[0]?.text).toContain('"error":"Error"')
    expect(zipkin.bodies[0]?.text).not.toContain('hunter2')
    zipkin.stop()
  })
  test('does not hold up a process whose collector is away', async () => {
    telemetry = await startTelemetry({ service: 'chat', tracesUrl: 'http://127.0.0.1:1/api/v2/spans' })
    await work()
    await telemetry.stop()
  })
})
