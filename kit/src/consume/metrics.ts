import { counter, gauge, histogram } from '../metrics.ts'

/** What became of deliveries: applied, duplicate, stale, retried (handed back), dead. */
export const eventsHandled = counter({
  name: 'accord_consumer_events_total',
  help: 'Deliveries of events by what became of them.',
  labels: ['consumer', 'outcome'],
})

export const eventDelay = histogram({
  name: 'accord_consumer_lag_seconds',
  help: 'From the stream storing an event to its effect being committed.',
  labels: ['consumer'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120, 600],
})

export const eventsPending = gauge({
  name: 'accord_consumer_pending',
  help: 'Events in the stream that were not delivered yet, as of the last delivery.',
  labels: ['consumer'],
})

export const consumerPaused = gauge({
  name: 'accord_consumer_paused',
  help: '1 while the consumer waits for a dependency.',
  labels: ['consumer'],
})
