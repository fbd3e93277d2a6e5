import { AsyncLocalStorage } from 'node:async_hooks'
import type { MemberId } from '@accord/contracts/id'

/** What is true of the work in hand: set where a request or an event enters, read by logs, traces and calls. */
export interface Context {
  requestId: string
  /** W3C trace context of the work in hand. Source: https://www.w3.org/TR/trace-context/. */
  traceparent?: string | undefined
  /** operationId, call subject or consumer name. */
  operation?: string | undefined
  actor?: MemberId | undefined
  /** When whoever waits for this work gives up, on the clock of `performance.now()`. */
  deadline?: number | undefined
}

const storage = new AsyncLocalStorage<Context>()

/** The context of the work in hand, or undefined outside of any. */
export function currentContext(): Context | undefined {
  return storage.getStore()
}

/** Runs `work` inside a context; whatever it awaits sees the same one. */
export function runInContext<T>(context: Context, work: () => T): T {
  return storage.run(context, work)
}
