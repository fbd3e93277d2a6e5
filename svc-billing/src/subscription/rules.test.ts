import { expect, test } from 'bun:test'
import { graceMs, memberPlan, type SubscriptionState } from './rules.ts'

const now = new Date('2026-11-24T12:00:00Z')
const state = (partial: Partial<SubscriptionState>): SubscriptionState => ({
  plan: 'plus',
  stripeStatus: 'active',
  currentPeriodEnd: new Date('2026-12-24T12:00:00Z'),
  cancelAtPeriodEnd: false,
  ...partial,
})

test('without a subscription a member is on the free plan', () => {
  expect(memberPlan([], now)).toMatchObject({ plan: 'free', currentPeriodEnd: null })
})

test('the best of several paid subscriptions counts', () => {
  expect(memberPlan([state({}), state({ plan: 'signature' })], now).plan).toBe('signature')
})

test('a failed renewal keeps the plan and says so', () => {
  expect(memberPlan([state({ stripeStatus: 'past_due' })], now)).toMatchObject({
    plan: 'plus',
    status: 'past_due',
  })
})

test('a renewal whose webhook is late keeps the plan for the grace, and no longer', () => {
  const ended = (msAgo: number) => [state({ currentPeriodEnd: new Date(now.getTime() - msAgo) })]
  expect(memberPlan(ended(graceMs - 1), now).plan).toBe('plus')
  expect(memberPlan(ended(graceMs), now).plan).toBe('free')
})

test('a subscription that was cancelled ends with its period', () => {
  const cancelled = state({ cancelAtPeriodEnd: true, currentPeriodEnd: new Date(now.getTime() + 1) })
  expect(memberPlan([cancelled], now)).toMatchObject({ plan: 'plus', cancelAtPeriodEnd: true })
  expect(memberPlan([{ ...cancelled, currentPeriodEnd: now }], now).plan).toBe('free')
})

test('an unpaid or ended subscription gives nothing', () => {
  for (const stripeStatus of ['canceled', 'unpaid', 'incomplete', 'incomplete_expired', 'paused']) {
    expect(memberPlan([state({ stripeStatus })], now).plan).toBe('free')
  }
})
