import { snapshot } from '@accord/contracts/call/identity'
import { services } from '@accord/contracts/service'
import { answer, type CallAnswer } from '@accord/kit/call'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Deps } from '../deps.ts'
import { takeSnapshot } from './snapshot.ts'

/** `rpc.identity.snapshot`: all members, for a service that rebuilds what it knows of them. */
export function snapshotAnswer(deps: Deps): CallAnswer {
  const lastStreamSequence = () => readLastSequence(deps.nats)
  return answer(snapshot, (page) => takeSnapshot({ db: deps.db, lastStreamSequence }, page))
}

export async function readLastSequence(nats: NatsConnection): Promise<number> {
  const manager = await jetstreamManager(nats, { checkAPI: false })
  const { state } = await manager.streams.info(services.identity.stream)
  return state.last_seq
}
