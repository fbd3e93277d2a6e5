import { AppError } from '@accord/kit/error'
import { createLimit } from '@accord/kit/limit'

/** Runs a transaction in which Stripe is asked. Throws `unavailable` when too many wait already. */
export type StripeRoom = <T>(work: () => Promise<T>) => Promise<T>

/** Fewer than the pool has connections. */
const atWork = 5
const waiting = 100

/**
 * Each such transaction holds a connection while Stripe takes its time: bounded, so that what needs Stripe not
 * (entitlements above all) goes on while Stripe is slow.
 */
export function createStripeRoom(): StripeRoom {
  const limit = createLimit(atWork, waiting)
  return async (work) => {
    await new Promise<void>((resolve, reject) => {
      if (!limit.tryEnter(resolve)) reject(new AppError('unavailable', { retryAfterSeconds: 10 }))
    })
    try {
      return await work()
    } finally {
      limit.leave()
    }
  }
}
