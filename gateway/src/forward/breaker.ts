import type { ServiceName } from '@accord/contracts/service'
import { AppError, isAppError } from '@accord/kit/error'
import type { Logger } from '@accord/kit/log'
import { CircuitState, circuitBreaker, handleWhen, isBrokenCircuitError, SamplingBreaker } from 'cockatiel'
import { circuitOpen } from './metrics.ts'

const halfOpenAfterMs = 5000
const sampleMs = 10_000

export type Breaker = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Stops asking a service when more than half of its answers in ten seconds did not come in time, and tries one
 * request every five seconds until one does. Only timeouts count: a service that says no is alive, and one that
 * is not running is told at once by NATS and must be used the moment it is back.
 */
export function createBreaker(service: ServiceName, log: Logger): Breaker {
  const circuit = circuitBreaker(
    handleWhen((error) => isAppError(error) && error.code === 'timed_out'),
    {
      halfOpenAfter: halfOpenAfterMs,
      breaker: new SamplingBreaker({ threshold: 0.5, duration: sampleMs, minimumRps: 1 }),
    },
  )
  circuit.onStateChange((state) => {
    circuitOpen.set({ service }, state === CircuitState.Open ? 1 : 0)
    log.warn('circuit changed', { service, state: CircuitState[state] })
  })
  return async (work) => {
    try {
      return await circuit.execute(work)
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error
      throw new AppError('unavailable', { cause: error, retryAfterSeconds: halfOpenAfterMs / 1000 })
    }
  }
}
