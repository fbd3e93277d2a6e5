import { type LiveEvent, sheddable } from '@accord/contracts/live'

/** Whether an event, as it came from NATS, is one that a slow socket can do without. */
export function isSheddable(text: string): boolean {
  try {
    const event = JSON.parse(text) as { type?: LiveEvent['type'] }
    return event.type !== undefined && sheddable.has(event.type)
  } catch {
    return false
  }
}
