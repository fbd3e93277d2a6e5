import type { MemberId } from '@accord/contracts/id'
import { liveSubject } from '@accord/contracts/live'
import type { Logger } from '@accord/kit/log'
import type { NatsConnection, Subscription } from '@nats-io/nats-core'
import type { LiveSocket } from './live-socket.ts'

const listenWithinMs = 5000

interface Member {
  sockets: Set<LiveSocket>
  subscription: Subscription
  /** Resolves once NATS has taken the subscription: from then on nothing is missed. */
  listening: Promise<void>
}

/** Who has sockets here. A member's subject is subscribed to while there is one, once for all of them. */
export interface Members {
  /** Resolves when the socket gets what is published. Throws when NATS does not answer. */
  join(memberId: MemberId, socket: LiveSocket): Promise<void>
  /** True when the member has no socket here any more, also when this one had left before. */
  leave(memberId: MemberId, socket: LiveSocket): boolean
  ids(): IterableIterator<MemberId>
}

export function createMembers(o: {
  nats: NatsConnection
  log: Logger
  deliver(sockets: ReadonlySet<LiveSocket>, text: string): void
}): Members {
  const members = new Map<MemberId, Member>()

  const open = (memberId: MemberId): Member => {
    const sockets = new Set<LiveSocket>()
    const subscription = o.nats.subscribe(liveSubject(memberId), {
      callback: (error, message) => {
        if (error) o.log.error('live events are not delivered', { error })
        else o.deliver(sockets, message.string())
      },
    })
    const listening = within(o.nats.flush(), listenWithinMs)
    const member = { sockets, subscription, listening }
    members.set(memberId, member)
    return member
  }

  return {
    async join(memberId, socket) {
      const member = members.get(memberId) ?? open(memberId)
      member.sockets.add(socket)
      await member.listening
    },
    leave(memberId, socket) {
      const member = members.get(memberId)
      if (!member) return true
      member.sockets.delete(socket)
      if (member.sockets.size > 0) return false
      member.subscription.unsubscribe()
      members.delete(memberId)
      return true
    },
    ids: () => members.keys(),
  }
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('NATS did not answer in time')), ms)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
