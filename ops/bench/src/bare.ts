/** Billing's app on a port of its own: what a service can do when nothing stands before it. Prints its address. */
import { createServiceApp } from '@accord/kit/http/app'
import { createLogger } from '@accord/kit/log'
import { planRoutes } from '@accord/svc-billing/plan/routes'

const app = createServiceApp({
  service: 'billing',
  clock: () => new Date(),
  log: createLogger({ service: 'bare', level: 'error' }),
  actorKey: { verify: async () => null },
}).use(planRoutes())
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  reusePort: false,
  fetch: (request) => app.handle(request),
})
console.log(server.url.origin)
