import Stripe from 'stripe'
import { onWire } from './object.ts'
import { type Store, type Wire, wireId } from './store.ts'

export interface WebhookSender {
  /** Queues an event about an object as it is now; delivery goes on until it is accepted. */
  emit(type: string, object: Wire): void
  stop(): Promise<void>
}

export interface WebhookTarget {
  url: string
  secret: string
  apiVersion: string
}

const maxAttempts = 12
const firstDelayMs = 250
const longestDelayMs = 60_000
const timeoutMs = 10_000

/** Delivers signed events in order of their making, each again with growing delays until it is answered with 2xx. */
export function createWebhookSender(store: Store, target: WebhookTarget, now: () => Date): WebhookSender {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  const start = (id: string) => {
    const delivery = deliver(store, target, id, now, stopping.signal).finally(() => running.delete(delivery))
    running.add(delivery)
  }
  for (const event of store.pending) start(event.id)
  return {
    emit(type, object) {
      const id = wireId('evt')
      const event = {
        id,
        object: 'event',
        api_version: target.apiVersion,
        created: Math.floor(now().getTime() / 1000),
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type,
        data: { object: onWire(object) },
      }
      store.pending.push({ id, body: JSON.stringify(event), attempts: 0 })
      store.save()
      start(id)
    },
    async stop() {
      stopping.abort()
      await Promise.allSettled(running)
    },
  }
}

async function deliver(
  store: Store,
  target: WebhookTarget,
  id: string,
  now: () => Date,
  signal: AbortSignal,
): Promise<void> {
  const event = store.pending.find((candidate) => candidate.id === id)
  while (event && event.attempts < maxAttempts && !signal.aborted) {
    event.attempts += 1
    if (await post(target, event.body, now, signal)) break
    await pause(Math.min(longestDelayMs, firstDelayMs * 2 ** event.attempts), signal)
  }
  // Stopped in the middle: it stays in the file and goes out at the next start.
  if (signal.aborted) return
  const place = store.pending.findIndex((candidate) => candidate.id === id)
  if (place >= 0) store.pending.splice(place, 1)
  store.save()
}

async function post(
  target: WebhookTarget,
  body: string,
  now: () => Date,
  signal: AbortSignal,
): Promise<boolean> {
  const signature = await Stripe.webhooks.generateTestHeaderStringAsync({
    payload: body,
    secret: target.secret,
    timestamp: Math.floor(now().getTime() / 1000),
  })
  try {
    const answer = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
