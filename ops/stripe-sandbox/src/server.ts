import { apiRoutes } from './api.ts'
import {
  cancelSubscription,
  failRenewal,
  finishCheckout,
  renewSubscription,
  resumeSubscription,
  type Sandbox,
} from './checkout.ts'
import { checkoutPage, invoicePage, notice, portalPage, stylesheet } from './page.ts'
import { openStore, type Wire } from './store.ts'
import { createWebhookSender } from './webhook.ts'

export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number
  apiKey: string
  webhookSecret: string
  webhookUrl: string
  dataDir: string
  now?: () => Date
}

export interface RunningSandbox {
  url: string
  stop(): Promise<void>
}

/** The API version of the objects below; the one that stripe-node 23 asks for. */
const apiVersion = '2026-10-28.endive'

/** Starts the sandbox on loopback: Stripe's API for what Accord uses, its pages, and signed webhooks. */
export function startSandbox(options: SandboxOptions): RunningSandbox {
  const now = options.now ?? (() => new Date())
  const store = openStore(options.dataDir)
  const webhooks = createWebhookSender(
    store,
    { url: options.webhookUrl, secret: options.webhookSecret, apiVersion },
    now,
  )
  const sandbox: Sandbox = { store, webhooks, publicUrl: () => `http://127.0.0.1:${server.port}`, now }
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: options.port,
    reusePort: false,
    maxRequestBodySize: 256 * 1024,
    routes: {
      '/healthz': () => new Response('ok'),
      '/sandbox.css': () => new Response(stylesheet, { headers: { 'content-type': 'text/css' } }),
      ...apiRoutes(sandbox, options.apiKey),
      '/pay/:id': {
        GET: (request) => {
          const session = store.get(request.params.id, 'checkout.session')
          return session ? checkoutPage(session) : notice('Not found', 'There is no such checkout.', 404)
        },
        POST: async (request) => {
          const outcome = new URLSearchParams(await request.text()).get('outcome') ?? ''
          // Looked up with nothing awaited after it: of two clicks at once, the second finds the page closed.
          const session = store.get(request.params.id, 'checkout.session')
          if (!session) return notice('Not found', 'There is no such checkout.', 404)
          return Response.redirect(finishCheckout(sandbox, session, outcome), 303)
        },
      },
      '/portal/:id': {
        GET: (request) => {
          const portal = store.get(request.params.id, 'billing_portal.session')
          if (!portal) return notice('Not found', 'There is no such page.', 404)
          return portalPage(
            portal,
            store.list('subscription', (candidate) => candidate.customer === portal.customer),
          )
        },
        POST: async (request) => {
          const form = new URLSearchParams(await request.text())
          const portal = store.get(request.params.id, 'billing_portal.session')
          const subscription = store.get(form.get('subscription') ?? '', 'subscription')
          if (!portal || !subscription || subscription.customer !== portal.customer)
            return notice('Not found', 'There is no such page.', 404)
          act(sandbox, subscription, form.get('action') ?? '')
          return Response.redirect(String(portal.url), 303)
        },
      },
      '/invoice/:id': {
        GET: (request) => {
          const invoice = store.get(request.params.id, 'invoice')
          return invoice ? invoicePage(invoice) : notice('Not found', 'There is no such invoice.', 404)
        },
      },
    },
    fetch: () =>
      Response.json(
        { error: { type: 'invalid_request_error', message: 'The sandbox does not know this request.' } },
        { status: 404 },
      ),
  })
  return {
    url: `http://127.0.0.1:${server.port}`,
    async stop() {
      await server.stop(true)
      await webhooks.stop()
    },
  }
}

function act(sandbox: Sandbox, subscription: Wire, action: string): void {
  if (subscription.status === 'canceled') return
  if (action === 'cancel') cancelSubscription(sandbox, subscription, 'period_end')
  if (action === 'cancel_now') cancelSubscription(sandbox, subscription, 'now')
  if (action === 'resume') resumeSubscription(sandbox, subscription)
  if (action === 'renew') renewSubscription(sandbox, subscription)
  if (action === 'fail') failRenewal(sandbox, subscription)
}
