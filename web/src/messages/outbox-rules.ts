/** A message that was written and is not known to be stored by the platform. */
export interface OutboxEntry {
  /** Makes sending it again harmless: the platform stores one message for it. */
  clientMessageId: string
  conversationId: string
  /** Whose it is: nobody else's session may send it. */
  memberId: string
  text: string
  writtenAt: string
  /** How often it did not get through. */
  tries: number
  /** Why it is refused for good, as the platform's code; null as long as it is to be sent. */
  refusal: string | null
}

/** How an attempt to send ended, when it did not succeed. */
export type Setback =
  /** It never will. */
  | { kind: 'refused'; code: string }
  /** This one did not get through; others may. */
  | { kind: 'later' }
  /** Nothing gets through now: no network, too many, or nobody is signed in. */
  | { kind: 'pause'; ms: number | null }

/** The same again is in it once, where it was. */
export function withEntry(entries: readonly OutboxEntry[], entry: OutboxEntry): readonly OutboxEntry[] {
  const at = entries.findIndex(({ clientMessageId }) => clientMessageId === entry.clientMessageId)
  return at === -1 ? [...entries, entry] : entries.with(at, entry)
}

export function withoutEntry(
  entries: readonly OutboxEntry[],
  clientMessageId: string,
): readonly OutboxEntry[] {
  return entries.filter((entry) => entry.clientMessageId !== clientMessageId)
}

/**
 * What is to be sent now: the oldest of a conversation before all others of it. One that did not get through
 * holds back its conversation (`held`), so that order is kept; one that was refused does not.
 */
export function nextToSend(
  entries: readonly OutboxEntry[],
  memberId: string,
  held: ReadonlySet<string>,
): OutboxEntry | undefined {
  return entries.find(
    (entry) => entry.refusal === null && entry.memberId === memberId && !held.has(entry.conversationId),
  )
}

/** What an error of the platform means for a message; `status` 0 is no answer at all. */
export function setbackOf(error: {
  status: number
  code: string
  retryAfterSeconds: number | null
}): Setback {
  const { status, code, retryAfterSeconds } = error
  if (status === 429) return { kind: 'pause', ms: (retryAfterSeconds ?? 5) * 1000 }
  if (status === 0 || status === 401) return { kind: 'pause', ms: null }
  // The same message is being stored by an attempt whose answer was lost.
  if (status === 409 || status === 408 || status >= 500) return { kind: 'later' }
  return { kind: 'refused', code }
}

/** The same for a refusal over the socket, which has no status. Null: HTTP finds out. */
export function setbackOfReply(reply: { code?: string; retryAfterSeconds?: unknown }): Setback | null {
  if (reply.code === 'too_many_requests') {
    const seconds = typeof reply.retryAfterSeconds === 'number' ? reply.retryAfterSeconds : 5
    return { kind: 'pause', ms: seconds * 1000 }
  }
  return reply.code !== undefined && refusals.has(reply.code) ? { kind: 'refused', code: reply.code } : null
}

const refusals = new Set([
  'conversation_closed',
  'not_found',
  'forbidden',
  'validation_failed',
  'account_closed',
])

/** Growing pauses between attempts: 1 s, 2 s, up to half a minute. */
export const pauseMs = (failures: number) => Math.min(1000 * 2 ** Math.max(0, failures - 1), 30_000)
