import { timingSafeEqual } from 'node:crypto'
import {
  cancelSubscription,
  deleteCustomer,
  expireCheckout,
  findCustomer,
  resumeSubscription,
  type Sandbox,
  secondsOf,
} from './checkout.ts'
import { decodeForm, type Form, textAt } from './form.ts'
import { checkoutSessionOf, customerOf, onWire } from './object.ts'
import { type Wire, wireId } from './store.ts'

type Handler = (request: Request & { params: Record<string, string> }) => Promise<Response>

/** The part of Stripe's REST API that Accord uses, for `Bun.serve({ routes })`. */
export function apiRoutes(
  sandbox: Sandbox,
  apiKey: string,
): Record<string, Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>> {
  const { store } = sandbox
  const write =
    (make: (form: Form, id: string) => Wire | Response): Handler =>
    async (request) => {
      const body = await request.text()
      return (
        guarded(request, apiKey) ??
        once(sandbox, request, body, () => make(decodeForm(body), request.params.id ?? ''))
      )
    }
  const read =
    (object: string): Handler =>
    async (request) =>
      guarded(request, apiKey) ?? answer(found(sandbox, request.params.id ?? '', object))
  return {
    '/v1/customers': { POST: write((form) => store.put(customerOf(form, secondsOf(sandbox)))) },
    '/v1/customers/:id': {
      GET: read('customer'),
      DELETE: write((_, id) => {
        const customer = findCustomer(sandbox, id)
        return customer ? deleteCustomer(sandbox, customer) : missing(id, 'customer')
      }),
    },
    '/v1/checkout/sessions': {
      POST: write((form) => {
        const customer = textAt(form, 'customer')
        if (customer !== undefined && !findCustomer(sandbox, customer)) return missing(customer, 'customer')
        return store.put(checkoutSessionOf(form, sandbox.publicUrl(), secondsOf(sandbox)))
      }),
    },
    '/v1/checkout/sessions/:id': { GET: read('checkout.session') },
    '/v1/checkout/sessions/:id/expire': {
      POST: write((_, id) => {
        const session = store.get(id, 'checkout.session')
        if (!session) return missing(id, 'checkout.session')
        if (session.status !== 'open')
          return failure(400, 'Only open sessions can be expired.', 'invalid_request_error')
        return expireCheckout(sandbox, session)
      }),
    },
    '/v1/subscriptions/:id': {
      GET: read('subscription'),
      POST: write((form, id) => {
        const subscription = store.get(id, 'subscription')
        if (!subscription) return missing(id, 'subscription')
        if (textAt(form, 'cancel_at_period_end') === 'true')
          return cancelSubscription(sandbox, subscription, 'period_end')
        if (textAt(form, 'cancel_at_period_end') === 'false') return resumeSubscription(sandbox, subscription)
        return subscription
      }),
      DELETE: write((_, id) => {
        const subscription = store.get(id, 'subscription')
        // Stripe does not find what has ended already.
        if (!subscription || subscription.status === 'canceled') return missing(id, 'subscription')
        return cancelSubscription(sandbox, subscription, 'now')
      }),
    },
    '/v1/invoices/:id': { GET: read('invoice') },
    '/v1/billing_portal/sessions': {
      POST: write((form) => {
        const customer = textAt(form, 'customer') ?? ''
        if (!findCustomer(sandbox, customer)) return missing(customer, 'customer')
        const id = wireId('bps')
        return store.put({
          id,
          object: 'billing_portal.session',
          created: secondsOf(sandbox),
          customer,
          livemode: false,
          return_url: textAt(form, 'return_url') ?? null,
          url: `${sandbox.publicUrl()}/portal/${id}`,
        })
      }),
    },
  }
}

/** The first answer again for the same Idempotency-Key, as Stripe does; another body under it is an error. */
function once(sandbox: Sandbox, request: Request, body: string, make: () => Wire | Response): Response {
  const key = request.headers.get('idempotency-key')
  const asked = `${request.method} ${new URL(request.url).pathname} ${body}`
  const earlier = key === null ? undefined : sandbox.store.answers[key]
  if (earlier && earlier.request !== asked) {
    return failure(
      400,
      'Keys for idempotent requests can only be used with the same parameters.',
      'idempotency_error',
    )
  }
  if (earlier) return json(200, earlier.body)
  const made = make()
  if (made instanceof Response) return made
  const text = JSON.stringify(onWire(made))
  if (key !== null) {
    sandbox.store.answers[key] = { body: text, request: asked }
    sandbox.store.save()
  }
  return json(200, text)
}

function guarded(request: Request, apiKey: string): Response | undefined {
  const given = Buffer.from(request.headers.get('authorization') ?? '')
  const wanted = Buffer.from(`Bearer ${apiKey}`)
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return undefined
  return failure(401, 'Invalid API Key provided.', 'invalid_request_error')
}

function found(sandbox: Sandbox, id: string, object: string): Wire | Response {
  return sandbox.store.get(id, object) ?? missing(id, object)
}

function answer(result: Wire | Response): Response {
  return result instanceof Response ? result : json(200, JSON.stringify(onWire(result)))
}

function missing(id: string, object: string): Response {
  return failure(404, `No such ${object}: '${id}'`, 'invalid_request_error', 'resource_missing')
}

function failure(status: number, message: string, type: string, code?: string): Response {
  return json(status, JSON.stringify({ error: { type, message, ...(code === undefined ? {} : { code }) } }))
}

function json(status: number, body: string): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json', 'request-id': wireId('req') },
  })
}
