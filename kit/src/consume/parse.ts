import { Envelope, type EventEnvelope } from '@accord/contracts/event/define'
import type { TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { Value } from '@sinclair/typebox/value'
import type { ConsumerDefinition, EventHandler } from './define.ts'

export type Parsed =
  | { ok: true; event: EventEnvelope<unknown>; handler: EventHandler }
  | { ok: false; problem: string }

/**
 * Reads a message of the stream as an event with its handler. Fields that this build does not know are
 * dropped: a newer emitter may have added them. `problem` says where it does not fit, never what stood there.
 */
export function parseEvent(definition: ConsumerDefinition, payload: Uint8Array): Parsed {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return { ok: false, problem: 'the payload is not JSON' }
  }
  const type = typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : ''
  const handler = definition.handlers.get(type)
  if (!handler) return { ok: false, problem: `no handler for type ${JSON.stringify(type.slice(0, 100))}` }
  const check = checkOf(handler)
  if (!check.Check(value)) {
    value = Value.Clean(check.Schema(), value)
    const first = check.Errors(value).First()
    if (first) return { ok: false, problem: `${type} does not fit at ${first.path || '/'}: ${first.message}` }
  }
  const event = value as EventEnvelope<unknown>
  if (event.version > handler.event.version) {
    return {
      ok: false,
      problem: `${type} has version ${event.version}, this build knows ${handler.event.version}`,
    }
  }
  return { ok: true, event, handler }
}

const checks = new WeakMap<EventHandler['event'], TypeCheck<TSchema>>()

function checkOf({ event }: EventHandler): TypeCheck<TSchema> {
  let check = checks.get(event)
  if (!check) {
    check = TypeCompiler.Compile(Envelope(event.data))
    checks.set(event, check)
  }
  return check
}
