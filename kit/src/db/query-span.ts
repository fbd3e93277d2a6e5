import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { LogEvent } from 'kysely'

/**
 * Records a finished query as a span of the current trace: its text with placeholders, never its values.
 * Costs a property look-up while nothing is being traced.
 */
export function recordQuery(event: LogEvent): void {
  const parent = trace.getActiveSpan()
  if (!parent?.isRecording()) return
  const endTime = Date.now()
  const text = event.query.sql
  // Asked for each time: a kept tracer stays with the provider of its first use, also after that one ended.
  const span = trace.getTracer('accord.sql').startSpan(
    text.slice(0, text.indexOf(' ') + 1 || 16).trim(),
    {
      kind: SpanKind.CLIENT,
      startTime: endTime - event.queryDurationMillis,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, 2_000) },
    },
    context.active(),
  )
  if (event.level === 'error') span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(endTime)
}
