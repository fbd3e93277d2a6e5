import type { Logger } from './log.ts'
import { metrics } from './metrics.ts'

/** True or a resolved promise: fine. False, a sentence, or a rejection: not. */
export type HealthCheck = () => boolean | string | Promise<boolean | string | undefined>

export interface Health {
  /** The real port, when 0 was asked for. */
  port: number
  /** Adds a condition of readiness. */
  check(name: string, check: HealthCheck): void
  /** From now on `/readyz` answers by its checks; before, and after `draining`, it says 503. */
  ready(): void
  draining(): void
  stop(): Promise<void>
}

const checkTimeoutMs = 2000

/**
 * The private port of a process: `/metrics` (Prometheus text), `/healthz` (200 while the process lives),
 * `/readyz` (200 when it can take work, else 503 and what is missing). Throws when the port is taken.
 */
export function startHealth(o: { port: number; host?: string; log: Logger }): Health {
  const checks = new Map<string, HealthCheck>()
  let state: 'starting' | 'ready' | 'draining' = 'starting'

  async function readiness(): Promise<Response> {
    const results = await Promise.all(
      [...checks].map(async ([name, check]) => [name, await run(check)] as const),
    )
    const missing = Object.fromEntries(results.filter(([, result]) => result !== null))
    const ready = state === 'ready' && Object.keys(missing).length === 0
    return Response.json({ state, missing }, { status: ready ? 200 : 503 })
  }

  const server = Bun.serve({
    port: o.port,
    hostname: o.host ?? '127.0.0.1',
    // Bun shares a taken port silently when this is on.
    reusePort: false,
    routes: {
      '/healthz': () => new Response('ok\n'),
      '/readyz': readiness,
      '/metrics': async () =>
        new Response(await metrics.metrics(), { headers: { 'content-type': metrics.contentType } }),
    },
    fetch: () => new Response('Here are /metrics, /healthz and /readyz.\n', { status: 404 }),
  })
  const port = server.port ?? o.port
  o.log.info('private port open', { port })
  return {
    port,
    check: (name, check) => void checks.set(name, check),
    ready: () => {
      state = 'ready'
    },
    draining: () => {
      state = 'draining'
    },
    stop: () => server.stop(true),
  }
}

/** Null when the check passes, else why not. */
async function run(check: HealthCheck): Promise<string | null> {
  try {
    const result = await Promise.race([
      check(),
      new Promise<string>((resolve) => {
        setTimeout(resolve, checkTimeoutMs, 'does not answer').unref()
      }),
    ])
    if (typeof result === 'string') return result
    return result === false ? 'not ready' : null
  } catch {
    return 'failed'
  }
}
