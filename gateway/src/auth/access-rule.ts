import type { AccessKind } from '@accord/contracts/operation'
import type { Clock } from '@accord/kit/clock'
import { type Refused, refused } from '@accord/kit/error'
import type { Authenticated } from '../gateway.ts'

export const stepUpSeconds = 600

/** Whether who acts may use an operation of this kind at all. What they may do to which object, services decide. */
export function mayUse(
  access: AccessKind,
  auth: Authenticated | null,
  clock: Clock,
): Refused<'unauthenticated' | 'step_up_required' | 'forbidden'> | null {
  switch (access) {
    case 'public':
    case 'webhook':
      return null
    case 'member':
      return auth === null ? refused('unauthenticated') : null
    case 'step-up': {
      if (auth === null) return refused('unauthenticated')
      const age = clock().getTime() / 1000 - auth.actor.authenticatedAt
      return age > stepUpSeconds ? refused('step_up_required') : null
    }
    case 'staff':
      if (auth === null) return refused('unauthenticated')
      return auth.actor.staff ? null : refused('forbidden')
  }
}
