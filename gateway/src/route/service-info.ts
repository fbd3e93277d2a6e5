import { type ServiceName, serviceNames } from '@accord/contracts/service'
import { errors, type NatsConnection } from '@nats-io/nats-core'
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'

const maxWaitMs = 1000
const quietMs = 150

const InfoReply = TypeCompiler.Compile(
  Type.Object({
    name: Type.String(),
    id: Type.String(),
    endpoints: Type.Array(
      Type.Object({
        subject: Type.String(),
        metadata: Type.Optional(Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()])),
      }),
    ),
  }),
)

/** What the instances of a service say: `hash` is null while they do not agree on one document. */
export interface ServiceState {
  instances: number
  hash: string | null
}

/** Asks everybody that serves (NATS service protocol, ADR-32) and waits until no more answers come. */
export async function askServices(nats: NatsConnection): Promise<Map<ServiceName, ServiceState>> {
  const hashes = new Map<ServiceName, { instances: Set<string>; hashes: Set<string> }>()
  for (const info of await collect(nats)) {
    const seen = hashes.get(info.name) ?? { instances: new Set(), hashes: new Set() }
    seen.instances.add(info.id)
    for (const hash of info.hashes) seen.hashes.add(hash)
    hashes.set(info.name, seen)
  }
  return new Map(
    [...hashes].map(([name, seen]) => {
      const [hash, other] = seen.hashes
      return [name, { instances: seen.instances.size, hash: other === undefined ? (hash ?? null) : null }]
    }),
  )
}

async function collect(nats: NatsConnection): Promise<Info[]> {
  const collected: Info[] = []
  try {
    const options = { strategy: 'stall', maxWait: maxWaitMs, stall: quietMs } as const
    for await (const answer of await nats.requestMany('$SRV.INFO', '', options)) {
      const info = parse(answer.data)
      if (info !== null) collected.push(info)
    }
  } catch (error) {
    // Nobody serves yet: that is an answer as well.
    if (!(error instanceof errors.NoRespondersError)) throw error
  }
  return collected
}

interface Info {
  name: ServiceName
  id: string
  hashes: string[]
}

function parse(data: Uint8Array): Info | null {
  try {
    const info: unknown = JSON.parse(new TextDecoder().decode(data))
    if (!InfoReply.Check(info)) return null
    const name = serviceNames.find((candidate) => candidate === info.name)
    if (name === undefined) return null
    const hashes = info.endpoints.flatMap(({ metadata }) => metadata?.['openapi-hash'] ?? [])
    return { name, id: info.id, hashes }
  } catch {
    return null
  }
}
