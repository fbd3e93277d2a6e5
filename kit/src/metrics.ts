import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Every metric of this process; served by the private port. */
export const metrics = new Registry()

interface MetricOptions<L extends string> {
  /** `accord_…`, with its unit at the end: `_seconds`, `_bytes`, `_total`. */
  name: `accord_${string}`
  help: string
  /** Only values from small, closed sets: never ids, addresses or paths. */
  labels?: readonly L[]
}

/** Something that is only ever counted up. Declared once, at the top of a module. */
export function counter<L extends string = never>(o: MetricOptions<L>): Counter<L> {
  return new Counter({ name: o.name, help: o.help, labelNames: o.labels ?? [], registers: [metrics] })
}

/** Something that goes up and down. */
export function gauge<L extends string = never>(o: MetricOptions<L> & { collect?: () => void }): Gauge<L> {
  return new Gauge({
    name: o.name,
    help: o.help,
    labelNames: o.labels ?? [],
    registers: [metrics],
    ...(o.collect === undefined ? {} : { collect: o.collect }),
  })
}

/** A distribution; seconds unless the name says otherwise. */
export function histogram<L extends string = never>(
  o: MetricOptions<L> & { buckets?: readonly number[] },
): Histogram<L> {
  return new Histogram({
    name: o.name,
    help: o.help,
    labelNames: o.labels ?? [],
    buckets: [...(o.buckets ?? latencyBuckets)],
    registers: [metrics],
  })
}

const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

let collecting = false

/** Memory, CPU and event loop lag of this process; called once by whoever starts it. */
export function collectProcessMetrics(): void {
  if (collecting) return
  collecting = true
  collectDefaultMetrics({ register: metrics, prefix: 'accord_' })
}
