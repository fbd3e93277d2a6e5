import { type ConsumerContract, type ConsumerName, consumers } from '@accord/contracts/consumer'
import { eventFilter } from '@accord/contracts/event/define'
import type { JetStreamManager } from '@nats-io/jetstream'

/**
 * Resolves once a consumer has settled every event of its stream: applied it or stored it as a dead letter.
 * Asks the stream what it holds, since a consumer's own count of what is pending is brought up to date a
 * moment after a publish was acknowledged, and says 0 until then. A server that is away is waited for.
 */
export async function caughtUp(manager: JetStreamManager, name: ConsumerName): Promise<void> {
  const contract: ConsumerContract = consumers[name]
  while (!(await hasSettledAll(manager, contract).catch(() => false))) await Bun.sleep(20)
}

async function hasSettledAll(manager: JetStreamManager, { stream, name, events }: ConsumerContract) {
  const last = await Promise.all(
    events.map((event) => manager.streams.getMessage(stream, { last_by_subj: eventFilter(event) })),
  )
  const wanted = Math.max(0, ...last.map((message) => message?.seq ?? 0))
  const { delivered, num_ack_pending: unacknowledged } = await manager.consumers.info(stream, name)
  return delivered.stream_seq >= wanted && unacknowledged === 0
}
