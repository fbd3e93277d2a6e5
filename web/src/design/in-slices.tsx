import { type ReactNode, useDeferredValue } from 'react'

/**
 * What takes a slow phone long to build: it appears a moment later than what is around it, and is built in slices,
 * between which a touch is answered.
 */
export function InSlices({ until, children }: { until?: ReactNode; children: ReactNode }) {
  const isTime = useDeferredValue(true, false)
  return isTime ? children : until
}
