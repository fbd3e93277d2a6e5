import type Stripe from 'stripe'
import { asking } from '../stripe.ts'

/** Closes a page at Stripe, so that it cannot be paid any more, and gives it as it is then: it may have been paid before. */
export async function expireCheckout(stripe: Stripe, sessionId: string): Promise<Stripe.Checkout.Session> {
  const session = await asking(stripe.checkout.sessions.retrieve(sessionId))
  return session.status === 'open' ? asking(stripe.checkout.sessions.expire(sessionId)) : session
}
