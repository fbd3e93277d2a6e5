import { AppError } from '@accord/kit/error'
import Stripe from 'stripe'

/** All tries together end before Postgres gives up the transaction that waits for them (30 s idle). */
const limits = { timeout: 8_000, maxNetworkRetries: 2, telemetry: false }

/** Stripe's client: its own defaults, or another address (the sandbox) when one is set. */
export function createStripe(apiKey: string, apiUrl?: string): Stripe {
  if (apiUrl === undefined) return new Stripe(apiKey, limits)
  const { hostname, port, protocol } = new URL(apiUrl)
  return new Stripe(apiKey, {
    ...limits,
    host: hostname,
    port,
    protocol: protocol === 'https:' ? 'https' : 'http',
  })
}

/** Runs a request to Stripe; when Stripe cannot be reached or is busy, that is `unavailable`, not a bug. */
export async function asking<T>(request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    const passing =
      error instanceof Stripe.errors.StripeConnectionError ||
      error instanceof Stripe.errors.StripeAPIError ||
      error instanceof Stripe.errors.StripeRateLimitError
    if (!passing) throw error
    throw new AppError('unavailable', {
      detail: 'Payments are not available right now.',
      retryAfterSeconds: 30,
      cause: error,
    })
  }
}
