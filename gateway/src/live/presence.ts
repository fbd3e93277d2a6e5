import type { MemberId } from '@accord/contracts/id'
import { kvBuckets, kvSubject } from '@accord/contracts/stream'
import type { Logger } from '@accord/kit/log'
import { jetstream } from '@nats-io/jetstream'
import { headers, type NatsConnection } from '@nats-io/nats-core'

/** Half of an entry's life: one lost renewal does not make anybody disappear. */
export const renewPresenceMs = (kvBuckets.presence.ttlSeconds * 1000) / 2

/** Who is online, in the bucket `presence`: an entry that is there means yes. Best effort. */
export interface Presence {
  online(memberId: MemberId): void
  offline(memberId: MemberId): void
}

export function createPresence(o: { nats: NatsConnection; log: Logger }): Presence {
  const js = jetstream(o.nats)
  const put = (memberId: MemberId, operation?: 'DEL') => {
    const marks = headers()
    if (operation) marks.set('KV-Operation', operation)
    const subject = kvSubject(kvBuckets.presence, memberId)
    js.publish(subject, operation ? '' : '{}', { headers: marks }).catch((error: unknown) =>
      o.log.warn('presence is not kept', { error: String(error) }),
    )
  }
  return { online: (memberId) => put(memberId), offline: (memberId) => put(memberId, 'DEL') }
}
