import { entitlements } from './call/billing.ts'
import { chatBlock, chatClose, resume, typing } from './call/chat.ts'
import type { CallContract } from './call/define.ts'
import { card, contact, mail, snapshot } from './call/identity.ts'
import { matchBlock, matchOf } from './call/match.ts'
import { type ConsumerContract, consumers } from './consumer.ts'
import { type NatsUser, type ServiceName, services } from './service.ts'
import { type KvBucket, kvBuckets, type ObjectBucket, objectBuckets, streams } from './stream.ts'

/** Subjects a NATS user may publish on and subscribe to; everything else is refused by the server. */
export interface Permissions {
  publish: readonly string[]
  subscribe: readonly string[]
  /** May answer requests on their reply subjects. */
  allowResponses: boolean
}

/** Which internal calls each service makes. */
export const callers: Record<ServiceName | 'gateway', readonly CallContract[]> = {
  gateway: [typing, resume],
  identity: [matchBlock, chatBlock],
  match: [card, snapshot, entitlements, chatClose],
  chat: [card, matchOf],
  billing: [contact],
  notify: [card, contact, mail],
}

/** Prefix of a user's own reply subjects, so that none can read another's answers. */
export const inboxPrefix = (user: NatsUser) => `_INBOX_${user}`

/** Service protocol subjects (ADR-32), which anybody that serves must answer. */
const serviceProtocol = ['$SRV.PING', '$SRV.PING.>', '$SRV.INFO', '$SRV.INFO.>', '$SRV.STATS', '$SRV.STATS.>']

/** What the NATS clients ask before they open a bucket: which limits the account has. */
const accountInfo = '$JS.API.INFO'

/** What a service may do: answer its own subjects, emit its own events, call what it declares. */
export function servicePermissions(service: ServiceName): Permissions {
  return {
    publish: [
      ...(services[service].stream === null ? [] : [`evt.${service}.>`]),
      ...callers[service].map((call) => call.subject),
      'live.*',
      'route.changed',
      accountInfo,
      ...Object.values<ConsumerContract>(consumers)
        .filter((consumer) => consumer.service === service)
        .flatMap(consumerSubjects),
      ...(services[service].stream === null ? [] : [`$JS.API.STREAM.INFO.${services[service].stream}`]),
      ...storeSubjects(service),
    ],
    subscribe: [`${inboxPrefix(service)}.>`, `http.${service}.>`, `rpc.${service}.>`, ...serviceProtocol],
    allowResponses: true,
  }
}

/** What a gateway may do: ask every service's public operations, push to sockets, keep its buckets. */
export function gatewayPermissions(): Permissions {
  return {
    publish: [
      'http.>',
      ...callers.gateway.map((call) => call.subject),
      'live-control.*',
      '$SRV.PING',
      '$SRV.INFO',
      '$SRV.INFO.>',
      accountInfo,
      ...storeSubjects('gateway'),
    ],
    subscribe: [`${inboxPrefix('gateway')}.>`, 'live.*', 'live-control.*', 'route.changed'],
    allowResponses: true,
  }
}

/** What a person at the NATS CLI may do: look at everything but members' pictures, change nothing. */
export function operatorPermissions(): Permissions {
  const readable = [
    ...streams.map((stream) => stream.name),
    ...Object.values<KvBucket>(kvBuckets).map((bucket) => `KV_${bucket.name}`),
  ]
  return {
    publish: [
      '$SRV.>',
      accountInfo,
      '$JS.API.STREAM.NAMES',
      '$JS.API.STREAM.LIST',
      '$JS.API.STREAM.INFO.*',
      '$JS.API.CONSUMER.NAMES.*',
      '$JS.API.CONSUMER.LIST.*',
      '$JS.API.CONSUMER.INFO.*.*',
      '$SYS.REQ.USER.INFO',
      ...readable.flatMap((stream) => [
        `$JS.API.STREAM.MSG.GET.${stream}`,
        `$JS.API.DIRECT.GET.${stream}`,
        `$JS.API.DIRECT.GET.${stream}.>`,
      ]),
    ],
    subscribe: [`${inboxPrefix('operator')}.>`, 'evt.>', '$JS.EVENT.ADVISORY.>', '$SRV.>'],
    allowResponses: false,
  }
}

/** What the job that creates streams, consumers and buckets may do. */
export function provisionerPermissions(): Permissions {
  return {
    publish: ['$JS.API.>', '$KV.>', '$O.>'],
    subscribe: [`${inboxPrefix('provisioner')}.>`],
    allowResponses: false,
  }
}

function consumerSubjects(consumer: ConsumerContract): string[] {
  return [
    `$JS.API.CONSUMER.INFO.${consumer.stream}.${consumer.name}`,
    `$JS.API.CONSUMER.MSG.NEXT.${consumer.stream}.${consumer.name}`,
    `$JS.ACK.${consumer.stream}.${consumer.name}.>`,
  ]
}

/** Subjects for the buckets a process writes or reads. Watches and object reads make ephemeral consumers. */
function storeSubjects(user: ServiceName | 'gateway'): string[] {
  const uses = (bucket: KvBucket | ObjectBucket) =>
    bucket.readers.includes(user) || bucket.writers.includes(user)
  const kv = Object.values<KvBucket>(kvBuckets)
  const objects = Object.values<ObjectBucket>(objectBuckets)
  return [
    ...kv.filter((bucket) => bucket.writers.includes(user)).map((bucket) => `$KV.${bucket.name}.>`),
    ...objects.filter((bucket) => bucket.writers.includes(user)).map((bucket) => `$O.${bucket.name}.>`),
    ...kv.filter(uses).flatMap((bucket) => readSubjects(`KV_${bucket.name}`)),
    ...objects.filter(uses).flatMap((bucket) => readSubjects(`OBJ_${bucket.name}`)),
    ...objects
      .filter((bucket) => bucket.writers.includes(user))
      .map((bucket) => `$JS.API.STREAM.PURGE.OBJ_${bucket.name}`),
  ]
}

function readSubjects(stream: string): string[] {
  return [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.STREAM.MSG.GET.${stream}`,
    `$JS.API.DIRECT.GET.${stream}`,
    `$JS.API.DIRECT.GET.${stream}.>`,
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.>`,
    `$JS.API.CONSUMER.INFO.${stream}.*`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
    `$JS.API.CONSUMER.DELETE.${stream}.*`,
    `$JS.ACK.${stream}.>`,
    `$JS.FC.${stream}.>`,
  ]
}
