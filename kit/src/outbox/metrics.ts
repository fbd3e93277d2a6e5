import { counter, gauge } from '../metrics.ts'

export const outboxLag = gauge({
  name: 'accord_outbox_lag_seconds',
  help: 'Age of the oldest row of the outbox; 0 when it is empty.',
  labels: ['service'],
})

export const outboxParked = gauge({
  name: 'accord_outbox_parked',
  help: 'Aggregates that wait because their next event cannot be published.',
  labels: ['service'],
})

export const outboxPublished = counter({
  name: 'accord_outbox_published_total',
  help: 'Rows by what the stream said: stored, refused, away.',
  labels: ['service', 'result'],
})
