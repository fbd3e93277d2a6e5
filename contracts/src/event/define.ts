import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { Id, type IdPrefix } from '../id.ts'
import { type ServiceName, serviceNames, services } from '../service.ts'

/** What every event carries around its data. `occurredAt` is UTC in ISO 8601. */
export function Envelope<T extends TSchema>(data: T) {
  return Type.Object(
    {
      id: Id('evt'),
      type: Type.String(),
      version: Type.Integer({ minimum: 1 }),
      /** Id of the entity the event is about; events of one aggregate keep their order. */
      aggregate: Type.String(),
      aggregateSeq: Type.Integer({ minimum: 1 }),
      occurredAt: Type.String(),
      /** Member who caused it, or null for the system. */
      actor: Type.Union([Id('mem'), Type.Null()]),
      traceparent: Type.Union([Type.String(), Type.Null()]),
      data,
    },
    { additionalProperties: false },
  )
}

export interface EventEnvelope<D> {
  id: `evt_${string}`
  type: string
  version: number
  aggregate: string
  aggregateSeq: number
  occurredAt: string
  actor: `mem_${string}` | null
  traceparent: string | null
  data: D
}

export interface EventContract<D extends TObject = TObject> {
  /** `identity.member.registered`: service, entity, what happened. */
  type: string
  service: ServiceName
  /** Prefix of the aggregate's id. */
  aggregate: IdPrefix
  version: number
  data: D
  description: string
  sample: Static<D>
}

export type EventData<E extends EventContract> = Static<E['data']>

/** Declares an event. The type's first part is the service that emits it. Throws when that has no stream. */
export function defineEvent<D extends TObject>(
  contract: Omit<EventContract<D>, 'service'>,
): EventContract<D> {
  const [name = ''] = contract.type.split('.')
  const service = serviceNames.find((candidate) => candidate === name)
  if (!service || services[service].stream === null) {
    throw new Error(`event ${contract.type} has no stream: "${name}" is no service that emits events`)
  }
  return { ...contract, service }
}

/** Subject an event is published on: `evt.match.match.created.mat_…`. */
export function eventSubject(contract: Pick<EventContract, 'type'>, aggregateId: string): string {
  return `evt.${contract.type}.${aggregateId}`
}

/** Subject filter that matches every event of this type. */
export function eventFilter(contract: Pick<EventContract, 'type'>): string {
  return `evt.${contract.type}.*`
}
