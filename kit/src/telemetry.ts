import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Attributes,
  type ContextManager,
  context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Context as TraceContext,
  trace,
} from '@opentelemetry/api'
import { currentContext, runInContext } from './context.ts'

export interface Telemetry {
  /** Sends what is left, within five seconds. */
  stop(): Promise<void>
}

let active = false

/** Whether spans are recorded in this process. */
export function isTracing(): boolean {
  return active
}

/**
 * Starts tracing when `tracesUrl` is set: to Zipkin when it ends in `/api/v2/spans`, else OTLP over HTTP.
 * Without it nothing is loaded and `withSpan` costs a comparison; traceparents are handed on all the same.
 */
export async function startTelemetry(o: {
  service: string
  tracesUrl?: string | undefined
}): Promise<Telemetry> {
  if (o.tracesUrl === undefined || active) return { stop: async () => {} }
  const [sdk, { resourceFromAttributes }, exporter] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/resources'),
    exporterFor(o.service, o.tracesUrl),
  ])
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': o.service }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { maxQueueSize: 4096, exportTimeoutMillis: 5000 })],
  })
  trace.setGlobalTracerProvider(provider)
  context.setGlobalContextManager(asyncContextManager())
  active = true
  return {
    async stop() {
      active = false
      await Promise.race([provider.shutdown(), Bun.sleep(5000)]).catch(() => {})
      trace.disable()
      context.disable()
    },
  }
}

/**
 * Runs `work` as a span under the current one, or under `traceparent` when the work came from elsewhere.
 * Whatever it throws marks the span. Just runs it while nothing is traced.
 */
export function withSpan<T>(
  name: string,
  o: { kind?: SpanKind; traceparent?: string | undefined; attributes?: Attributes },
  work: (span?: Span) => Promise<T>,
): Promise<T> {
  if (!active) return work()
  const parent = o.traceparent === undefined ? context.active() : remoteContext(o.traceparent)
  const options = { kind: o.kind ?? SpanKind.INTERNAL, attributes: o.attributes ?? {} }
  const span = trace.getTracer('accord').startSpan(name, options, parent)
  const inside = () => context.with(trace.setSpan(parent, span), () => settle(span, work))
  const around = currentContext()
  return around
    ? runInContext({ ...around, traceparent: traceparentOf(span.spanContext()) }, inside)
    : inside()
}

/** The W3C traceparent to hand on with a message or request, if there is any. */
export function currentTraceparent(): string | undefined {
  return currentContext()?.traceparent
}

async function settle<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(span)
  } catch (error) {
    // The name only: messages may quote what a member wrote.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
    throw error
  } finally {
    span.end()
  }
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

/** Source: https://www.w3.org/TR/trace-context/#traceparent-header. */
function remoteContext(traceparent: string): TraceContext {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent)
  const [, traceId, spanId, flags] = match ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  })
}

async function exporterFor(service: string, url: string) {
  if (url.endsWith('/api/v2/spans')) {
    const { ZipkinExporter } = await import('@opentelemetry/exporter-zipkin')
    return new ZipkinExporter({ serviceName: service, url })
  }
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  return new OTLPTraceExporter({ url, timeoutMillis: 5000 })
}

function asyncContextManager(): ContextManager {
  const storage = new AsyncLocalStorage<TraceContext>()
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (inner, fn, thisArg, ...args) => storage.run(inner, () => fn.call(thisArg as never, ...args)),
    bind: (_inner, target) => target,
    enable: () => manager,
    disable: () => manager,
  }
  return manager
}
