import { entitlements } from './billing.ts'
import { chatBlock, chatClose, resume, typing } from './chat.ts'
import type { CallContract } from './define.ts'
import { card, contact, mail, snapshot } from './identity.ts'
import { matchBlock, matchOf } from './match.ts'

/** Every internal call of the platform. */
export const calls: readonly CallContract[] = [
  card,
  contact,
  mail,
  snapshot,
  matchBlock,
  matchOf,
  chatBlock,
  chatClose,
  typing,
  resume,
  entitlements,
]
