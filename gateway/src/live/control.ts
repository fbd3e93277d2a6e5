import { liveControlSubject } from '@accord/contracts/live'
import type { Logger } from '@accord/kit/log'
import type { NatsConnection } from '@nats-io/nats-core'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { LeaseHolder } from './lease.ts'

const Replaced = Type.Object({ replaced: Type.String() }, { additionalProperties: false })

/** Gateways tell each other which socket lost its place to a newer one. */
export interface Control {
  tellReplaced(holder: LeaseHolder): void
  stop(): void
}

export function startControl(o: {
  nats: NatsConnection
  gatewayId: string
  log: Logger
  onReplaced(socketId: string): void
}): Control {
  const subscription = o.nats.subscribe(liveControlSubject(o.gatewayId), {
    callback: (error, message) => {
      if (error) return o.log.error('live control is deaf', { error })
      const told = parse(message.string())
      if (told) o.onReplaced(told.replaced)
    },
  })
  return {
    tellReplaced({ gatewayId, socketId }) {
      if (gatewayId === o.gatewayId) return o.onReplaced(socketId)
      // Lost, it is made good at that socket's next ping: its lease is gone.
      o.nats.publish(liveControlSubject(gatewayId), JSON.stringify({ replaced: socketId }))
    },
    stop: () => subscription.unsubscribe(),
  }
}

function parse(text: string): Static<typeof Replaced> | null {
  try {
    const told: unknown = JSON.parse(text)
    return Value.Check(Replaced, told) ? told : null
  } catch {
    return null
  }
}
