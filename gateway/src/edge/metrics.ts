import { counter, histogram } from '@accord/kit/metrics'

const requestSeconds = histogram({
  name: 'accord_gateway_request_seconds',
  help: 'Time from the first byte of a request to its answer.',
  labels: ['operation', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
})

export const rateLimited = counter({
  name: 'accord_gateway_rate_limited_total',
  help: 'Requests refused because of a rate limit.',
  labels: ['class'],
})

const timers = new Map<string, { observe(seconds: number): void }[]>()

/** Counts an answer. Looking labels up costs more than counting: each pair of them is looked up once. */
export function observeRequest(operation: string, status: number, seconds: number): void {
  const group = Math.floor(status / 100)
  let ofOperation = timers.get(operation)
  if (ofOperation === undefined) {
    ofOperation = []
    timers.set(operation, ofOperation)
  }
  ofOperation[group] ??= requestSeconds.labels(operation, `${group}xx`)
  ofOperation[group]?.observe(seconds)
}
