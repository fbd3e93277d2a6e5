import type { Clock } from '@accord/kit/clock'

export interface TestClock extends Clock {
  advance(ms: number): void
  set(time: Date): void
}

/** A clock that stands still until it is told otherwise. */
export function testClock(start: Date | string = '2026-03-01T12:00:00Z'): TestClock {
  let now = new Date(start).getTime()
  return Object.assign(() => new Date(now), {
    advance: (ms: number) => {
      now += ms
    },
    set: (time: Date) => {
      now = time.getTime()
    },
  })
}
