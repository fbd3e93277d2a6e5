import type { ConsumerContract } from '@accord/contracts/consumer'
import { type ConsumerMessages, type JsMsg, jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Logger } from '../log.ts'
import { describe } from './failure.ts'

/** Messages asked for at a time; the server hands out `maxAckPending` at most. */
const batch = 100
const idleHeartbeatMs = 5_000

/**
 * Keeps a pull on a durable consumer going for as long as the process lives: through lost connections,
 * servers that restart, and consumers that are not there yet. Missed heartbeats end a pull and begin another.
 */
export function startPull(options: {
  nats: NatsConnection
  contract: ConsumerContract
  log: Logger
  onMessage: (message: JsMsg) => void
}): { stop(): Promise<void> } {
  const { nats, contract, log, onMessage } = options
  let stopped = false
  let messages: ConsumerMessages | undefined
  let wake: (() => void) | undefined

  async function pullOnce(): Promise<void> {
    const consumer = await jetstream(nats).consumers.get(contract.stream, contract.name)
    if (stopped) return
    messages = await consumer.consume({
      max_messages: batch,
      expires: 30_000,
      idle_heartbeat: idleHeartbeatMs,
      abort_on_missing_resource: true,
      // A callback, not an iterator: what waits in an iterator is not in hand and cannot be kept alive.
      callback: onMessage,
    })
    void supervise(messages)
    const error = await messages.closed()
    if (error) throw error
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!stopped) {
      const startedAt = performance.now()
      try {
        await pullOnce()
      } catch (error) {
        if (stopped) return
        log.warn('consumer has to wait', { consumer: contract.name, error: describe(error) })
      }
      if (nats.isClosed()) return
      failures = performance.now() - startedAt > 10_000 ? 0 : failures + 1
      await wait(Math.min(100 * 2 ** failures, 5_000) * (0.8 + Math.random() * 0.4))
    }
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (stopped) return resolve()
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = run()
  return {
    async stop() {
      stopped = true
      wake?.()
      await messages?.close()
      await running
    },
  }
}

async function supervise(messages: ConsumerMessages): Promise<void> {
  for await (const status of messages.status()) {
    if (status.type === 'heartbeats_missed' && status.count >= 2) messages.stop()
  }
}
