import type { MailKind as RequestedMailKind } from '@accord/contracts/event/identity'
import type { MailTopic } from '../preference/store.ts'

/** Every mail there is: those identity asks for, and those that tell of a notification. */
export type MailKind = RequestedMailKind | MailTopic
