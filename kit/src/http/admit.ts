import type { Actor } from '@accord/contracts/actor'
import type { AccessKind } from '@accord/contracts/operation'
import type { ActorVerifier } from '../actor.ts'
import type { Clock } from '../clock.ts'
import { AppError } from '../error.ts'

/** How long ago a password or second factor may have been given for a `step-up` operation. */
const stepUpSeconds = 10 * 60

/**
 * The actor of a request, once it may call an operation of this access kind; null for nobody.
 * Throws AppError `unauthenticated` (also for an assertion that does not hold, whatever the kind),
 * `step_up_required` or `forbidden`.
 */
export async function admit(
  access: AccessKind,
  assertion: string | null,
  deps: { actorKey: ActorVerifier; clock: Clock },
): Promise<Actor | null> {
  const actor = assertion === null ? null : await deps.actorKey.verify(assertion)
  if (assertion !== null && actor === null) throw new AppError('unauthenticated')
  switch (access) {
    case 'public':
    case 'webhook':
      return actor
    case 'member':
      return signedIn(actor)
    case 'step-up': {
      const age = deps.clock().getTime() / 1000 - signedIn(actor).authenticatedAt
      if (age > stepUpSeconds) throw new AppError('step_up_required')
      return actor
    }
    case 'staff':
      if (!signedIn(actor).staff) throw new AppError('forbidden')
      return actor
  }
}

function signedIn(actor: Actor | null): Actor {
  if (actor === null) throw new AppError('unauthenticated')
  return actor
}
