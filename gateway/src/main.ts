import { systemClock } from '@accord/kit/clock'
import { createDrain, endOnSignals } from '@accord/kit/drain'
import { startHealth } from '@accord/kit/health'
import { createLogger } from '@accord/kit/log'
import { collectProcessMetrics } from '@accord/kit/metrics'
import { connectNats } from '@accord/kit/nats'
import { startTelemetry } from '@accord/kit/telemetry'
import { type GatewayConfig, gatewayConfig } from './config.ts'
import { createLive } from './live/live.ts'
import { connectRedis } from './redis.ts'
import { startGateway } from './start.ts'

/** Connects, listens, and ends in the reverse order on SIGTERM or SIGINT. */
async function run(config: GatewayConfig): Promise<void> {
  const log = createLogger({ service: 'gateway', level: config.LOG_LEVEL })
  const drain = createDrain(log)
  endOnSignals(drain, log)
  collectProcessMetrics()
  const telemetry = await startTelemetry({ service: 'gateway', tracesUrl: config.TRACES_URL })
  drain.add('traces', telemetry.stop)
  const health = startHealth({ port: config.METRICS_PORT, host: config.METRICS_HOST, log })
  drain.add('private port', health.stop)

  const nats = await connectNats({ url: config.NATS_URL, user: 'gateway', seed: config.NATS_SEED, log })
  drain.add('nats', () => nats.close())
  const redis = connectRedis({ url: config.REDIS_URL, prefix: config.REDIS_PREFIX, log })
  drain.add('redis', () => redis.disconnect())

  const running = await startGateway({ config, nats, redis, clock: systemClock, log, createLive })
  drain.add('gateway', running.drain)
  drain.add('readiness', health.draining)
  health.check('gateway', () => running.notReady().join(', ') || true)
  await running.ready
  health.ready()
  log.info('ready', { url: running.url, publicUrl: config.PUBLIC_URL })
}

try {
  await run(gatewayConfig())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
