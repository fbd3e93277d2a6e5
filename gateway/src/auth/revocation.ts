import { kvBuckets } from '@accord/contracts/stream'
import type { Clock } from '@accord/kit/clock'
import type { Logger } from '@accord/kit/log'
import type { NatsConnection } from '@nats-io/nats-core'
import { watchBucket } from '../bucket/watch.ts'
import type { Authenticated, Revocation } from '../gateway.ts'

/** After this long without a sign of life nobody can say that a session is still good. */
const trustSilenceMs = 15_000
const pruneEveryMs = 60_000

export interface Revocations {
  loaded: Promise<void>
  /** Loaded, and heard of recently enough to be believed. */
  isCurrent(): boolean
  isRevoked(auth: Authenticated): boolean
  onRevoked(listener: (revocation: Revocation) => void): () => void
  stop(): Promise<void>
}

/** Keeps the ended sessions in memory, from the bucket `revoked-sessions`. */
export function watchRevocations(o: { nats: NatsConnection; clock: Clock; log: Logger }): Revocations {
  const known = new Map<string, { notBefore: number; forgetAt: number }>()
  const listeners = new Set<(revocation: Revocation) => void>()
  const keepMs = kvBuckets.revokedSessions.ttlSeconds * 1000

  const watch = watchBucket({
    ...o,
    bucket: kvBuckets.revokedSessions,
    onEntry: (key, value) => {
      const revocation = value === null ? null : parseRevocation(key, value)
      if (revocation === null) return
      const before = known.get(key)
      known.set(key, { notBefore: revocation.notBefore, forgetAt: o.clock().getTime() + keepMs })
      if (before?.notBefore === revocation.notBefore) return
      for (const listener of listeners) listener(revocation)
    },
  })
  const pruning = setInterval(() => prune(known, o.clock().getTime()), pruneEveryMs)

  return {
    loaded: watch.loaded,
    isCurrent: () => watch.isLoaded() && watch.silentMs() <= trustSilenceMs,
    isRevoked: ({ actor, issuedAt }) => {
      // A session never comes back. A member does: a token of the very second of the revocation is a new one.
      const session = known.get(`session.${actor.sessionId}`)
      if (session !== undefined && issuedAt <= session.notBefore) return true
      const member = known.get(`member.${actor.memberId}`)
      return member !== undefined && issuedAt < member.notBefore
    },
    onRevoked: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: async () => {
      clearInterval(pruning)
      await watch.stop()
    },
  }
}

/** An entry that cannot be read still ends its session: everything issued until now is refused. */
function parseRevocation(key: string, value: Uint8Array): Revocation | null {
  const [kind, id] = key.split('.')
  if ((kind !== 'session' && kind !== 'member') || id === undefined) return null
  return { kind, id, notBefore: notBeforeOf(value) }
}

function notBeforeOf(value: Uint8Array): number {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(value))
    if (typeof parsed === 'object' && parsed !== null && 'notBefore' in parsed) {
      if (typeof parsed.notBefore === 'number') return parsed.notBefore
    }
  } catch {
    // falls through to the safe side
  }
  return Number.MAX_SAFE_INTEGER
}

function prune(known: Map<string, { forgetAt: number }>, now: number): void {
  for (const [key, entry] of known) if (entry.forgetAt < now) known.delete(key)
}
