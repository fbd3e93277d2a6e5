import { type ErrorCode, errorCodes } from '@accord/contracts/error-code'
import { ClientFrame, type LiveReply, liveLimits } from '@accord/contracts/live'
import type { FieldProblem } from '@accord/contracts/problem'
import type { TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'

type FrameId = ClientFrame['id']

/** What a client sent: a frame, one with wrong fields, or nothing that could be read at all. */
export type Parsed =
  | { kind: 'frame'; frame: ClientFrame }
  | { kind: 'invalid'; id: FrameId; field: FieldProblem }
  | { kind: 'unreadable' }

const checks = new Map<string, TypeCheck<TSchema>>(
  ClientFrame.anyOf.map((schema) => [schema.properties.type.const, TypeCompiler.Compile(schema)]),
)

export function parseFrame(data: string | Uint8Array): Parsed {
  if (typeof data !== 'string' || Buffer.byteLength(data) > liveLimits.maxFrameBytes) return unreadable
  let frame: unknown
  try {
    frame = JSON.parse(data)
  } catch {
    return unreadable
  }
  if (typeof frame !== 'object' || frame === null || !('type' in frame) || !('id' in frame)) return unreadable
  const { type, id } = frame
  const check = typeof type === 'string' ? checks.get(type) : undefined
  if (check === undefined || !isFrameId(id)) return unreadable
  const wrong = check.Errors(frame).First()
  if (wrong === undefined) return { kind: 'frame', frame: frame as ClientFrame }
  // Where and what was expected; never the value.
  return { kind: 'invalid', id, field: { path: wrong.path, in: 'body', expected: wrong.message } }
}

const unreadable: Parsed = { kind: 'unreadable' }
const isFrameId = (id: unknown): id is FrameId =>
  (typeof id === 'string' && id.length <= 64) || Number.isSafeInteger(id)

export function done(id: FrameId, result: object = {}): LiveReply {
  return { ...result, re: id, ok: true }
}

export function failed(
  id: FrameId | null,
  code: ErrorCode,
  more: { detail?: string; fields?: readonly FieldProblem[]; retryAfterSeconds?: number } = {},
): LiveReply {
  return { re: id, ok: false, code, title: errorCodes[code].title, ...more }
}
