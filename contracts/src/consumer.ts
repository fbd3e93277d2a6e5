import { subscriptionChanged } from './event/billing.ts'
import { conversationRead, messageSent } from './event/chat.ts'
import type { EventContract } from './event/define.ts'
import {
  mailRequested,
  memberBlocked,
  memberConfirmed,
  memberDeleted,
  memberUnblocked,
  profileChanged,
} from './event/identity.ts'
import { matchCreated, matchEnded } from './event/match.ts'
import type { ServiceName } from './service.ts'

/** A durable pull consumer: which service applies which events of one stream, and what for. */
export interface ConsumerContract {
  /** `<consumer-service>-<purpose>`. */
  name: string
  service: ServiceName
  stream: string
  events: readonly EventContract[]
  description: string
}

export const consumers = {
  'match-members': {
    name: 'match-members',
    service: 'match',
    stream: 'IDENTITY',
    events: [profileChanged, memberBlocked, memberUnblocked, memberDeleted],
    description: 'Keeps the projection of candidates and blocks.',
  },
  'chat-matches': {
    name: 'chat-matches',
    service: 'chat',
    stream: 'MATCH',
    events: [matchCreated, matchEnded],
    description: 'Opens and closes conversations.',
  },
  'chat-members': {
    name: 'chat-members',
    service: 'chat',
    stream: 'IDENTITY',
    events: [memberBlocked, memberDeleted],
    description: 'Closes conversations of blocked pairs and erases those who left.',
  },
  'billing-members': {
    name: 'billing-members',
    service: 'billing',
    stream: 'IDENTITY',
    events: [memberDeleted],
    description: 'Ends the subscriptions of those who left.',
  },
  'notify-identity': {
    name: 'notify-identity',
    service: 'notify',
    stream: 'IDENTITY',
    events: [mailRequested, memberConfirmed, memberDeleted],
    description: 'Sends identity’s mails, welcomes, and forgets those who left.',
  },
  'notify-match': {
    name: 'notify-match',
    service: 'notify',
    stream: 'MATCH',
    events: [matchCreated, matchEnded],
    description: 'Tells both members of a match, and takes away what tells of one that ended.',
  },
  'notify-chat': {
    name: 'notify-chat',
    service: 'notify',
    stream: 'CHAT',
    events: [messageSent, conversationRead],
    description: 'Tells the recipient of a message, until it is read.',
  },
  'notify-billing': {
    name: 'notify-billing',
    service: 'notify',
    stream: 'BILLING',
    events: [subscriptionChanged],
    description: 'Confirms what happened to a subscription.',
  },
} as const satisfies Record<string, ConsumerContract>

export type ConsumerName = keyof typeof consumers

/** How every consumer is set up and how failures are spaced. Times in seconds. */
export const consumerPolicy = {
  ackWaitSeconds: 30,
  maxAckPending: 256,
  retryDelaysSeconds: [1, 5, 30, 120],
  /** A delivery count past this goes to the dead letters. */
  maxDeliveries: 6,
} as const
