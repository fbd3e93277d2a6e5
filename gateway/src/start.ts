import { randomUUID } from 'node:crypto'
import { objectBuckets } from '@accord/contracts/stream'
import { createActorSigner } from '@accord/kit/actor'
import { createCaller } from '@accord/kit/call'
import type { Clock } from '@accord/kit/clock'
import type { Logger } from '@accord/kit/log'
import { mediaKey } from '@accord/kit/media-url'
import type { NatsConnection } from '@nats-io/nats-core'
import { Objm } from '@nats-io/obj'
import type { Redis } from 'ioredis'
import { createAccessTokenVerifier } from './auth/access-token.ts'
import { createAuthenticator } from './auth/authenticate.ts'
import { watchRevocations } from './auth/revocation.ts'
import { watchSigningKeys } from './auth/signing-keys.ts'
import { type GatewayConfig, listOf, ownOrigins } from './config.ts'
import { createServeDocs } from './docs/serve-docs.ts'
import { createAddressOf } from './edge/address.ts'
import { createCors } from './edge/cors.ts'
import { createDoor } from './edge/door.ts'
import { listen, refuseTakenPort } from './edge/listen.ts'
import { createRateLimiter } from './edge/rate-limit.ts'
import { createSend } from './edge/send.ts'
import { createForwardById } from './forward/by-operation.ts'
import { createForward } from './forward/forward.ts'
import { createLargeAnswers } from './forward/large-answer.ts'
import { createRequester } from './forward/requester.ts'
import { createUpload } from './forward/upload.ts'
import type { Gateway, LiveDoor } from './gateway.ts'
import { createReadMedia } from './media/object-cache.ts'
import { startDiscovery } from './route/discovery.ts'
import { landingAnswer } from './web/landing.ts'
import { openStaticSite } from './web/static-site.ts'

export interface RunningGateway {
  url: string
  port: number
  gateway: Gateway
  /** Resolves once everything that requests need has been read for the first time. */
  ready: Promise<void>
  /** Asks the services for their documents now, instead of within five seconds. */
  refreshRoutes(): Promise<void>
  /** What is still missing before requests can be served; empty when ready. */
  notReady(): string[]
  /** Not ready any more, new connections refused, requests in hand finished, sockets closed. */
  drain(): Promise<void>
}

/** Puts the gateway together and listens. The connections given are used, and not closed. */
export async function startGateway(o: {
  config: GatewayConfig
  nats: NatsConnection
  redis: Redis
  clock: Clock
  log: Logger
  createLive?: (gateway: Gateway) => LiveDoor
}): Promise<RunningGateway> {
  const { config, nats, redis, clock, log } = o
  await refuseTakenPort(config.HOST, config.PORT)
  let draining = false
  const origins = ownOrigins(config.PUBLIC_URL)
  const buckets = new Objm(nats)
  const [uploads, mediaBucket] = await Promise.all([
    buckets.open(objectBuckets.uploads.name, { check: false }),
    buckets.open(objectBuckets.media.name, { check: false }),
  ])

  const keys = watchSigningKeys({ nats, clock, log })
  const revocations = watchRevocations({ nats, clock, log })
  const authenticator = createAuthenticator(createAccessTokenVerifier(keys, clock), revocations, clock)
  const discovery = startDiscovery({ nats, log })
  const requester = createRequester(nats)
  const limiter = createRateLimiter({ redis, clock, log, scale: config.RATE_LIMIT_SCALE })
  const table = () => discovery.current().table
  const forward = createForward({
    requester,
    signer: createActorSigner({ privateJwk: JSON.parse(config.ACTOR_PRIVATE_KEY), clock }),
    largeAnswers: createLargeAnswers(uploads, log),
    log,
  })

  const gateway: Gateway = {
    id: randomUUID(),
    config,
    log,
    clock,
    nats,
    redis,
    call: createCaller(nats, { log }),
    ownOrigins: origins,
    authenticate: authenticator.authenticate,
    verifyToken: (token) => authenticator.withCredentials({ mode: 'token', token }),
    recheck: authenticator.recheck,
    onRevoked: revocations.onRevoked,
    forward: createForwardById({ table, authenticator, forward, clock }),
  }
  const live = o.createLive?.(gateway) ?? null
  const notReady = () =>
    [
      draining && 'draining',
      nats.isClosed() && 'nats',
      !keys.isLoaded() && 'signing keys',
      !revocations.isCurrent() && 'revoked sessions',
      !discovery.isReady() && 'route table',
    ].filter((missing) => missing !== false)

  const door = createDoor({
    addressOf: createAddressOf(listOf(config.TRUSTED_PROXIES)),
    cors: createCors(listOf(config.CORS_ORIGINS)),
    send: createSend({ secure: config.PUBLIC_URL.startsWith('https:'), isDraining: () => draining }),
    table,
    walk: {
      authenticator,
      limiter,
      forward,
      upload: createUpload(uploads, log),
      ownOrigins: origins,
      clock,
    },
    media: {
      authenticator,
      limiter,
      read: createReadMedia(mediaBucket, config.MEDIA_CACHE_BYTES),
      key: mediaKey(config.MEDIA_SIGNING_KEY),
      clock,
    },
    docs: createServeDocs(discovery.current, config.PUBLIC_URL),
    site:
      config.WEB_DIST === undefined
        ? async (path) => landingAnswer(path)
        : await openStaticSite(config.WEB_DIST),
    live,
    notReady,
    log,
  })
  const server = listen({ host: config.HOST, port: config.PORT, door, live })

  return {
    url: `http://${config.HOST}:${server.port}`,
    port: server.port ?? config.PORT,
    gateway,
    ready: Promise.all([keys.loaded, revocations.loaded, discovery.ready]).then(() => undefined),
    refreshRoutes: discovery.refresh,
    notReady,
    drain: async () => {
      draining = true
      const stopped = server.stop()
      await Promise.all([live?.drain(), stopped])
      await Promise.all([discovery.stop(), keys.stop(), revocations.stop(), limiter.stop()])
      requester.stop()
    },
  }
}
