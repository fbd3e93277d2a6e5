import { subscriptionChanged } from './billing.ts'
import { conversationRead, messageSent } from './chat.ts'
import type { EventContract } from './define.ts'
import {
  mailRequested,
  memberBlocked,
  memberConfirmed,
  memberDeleted,
  memberRegistered,
  memberReported,
  memberUnblocked,
  profileChanged,
} from './identity.ts'
import { matchCreated, matchEnded } from './match.ts'

/** Every event of the platform. One that is not listed here cannot be enqueued. */
export const events: readonly EventContract[] = [
  memberRegistered,
  memberConfirmed,
  profileChanged,
  memberBlocked,
  memberUnblocked,
  memberReported,
  memberDeleted,
  mailRequested,
  matchCreated,
  matchEnded,
  messageSent,
  conversationRead,
  subscriptionChanged,
]
