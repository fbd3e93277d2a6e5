import { Id } from '@accord/contracts/id'
import { Message } from '@accord/contracts/live'
import { PageOf, PageQuery } from '@accord/contracts/page'
import { Type } from '@sinclair/typebox'
import { maxSeq } from '../conversation/rules.ts'
import { maxTextLength } from './rules.ts'

const Text = Type.String({
  minLength: 1,
  maxLength: maxTextLength,
  description:
    'Plain text. Space around it is removed; something visible must remain, without control characters.',
})

export const MessageDraft = Type.Object({
  clientMessageId: Type.String({
    minLength: 8,
    maxLength: 64,
    pattern: '^[A-Za-z0-9_.:-]+$',
    description: 'Made by the client, new for each message. The same one again gives the same answer.',
  }),
  text: Text,
})

export const MessageEdit = Type.Object({ text: Text })

export const MessageParams = Type.Object({ conversationId: Id('con'), messageId: Id('msg') })

export const HistoryQuery = Type.Composite(
  [
    PageQuery,
    Type.Object({
      afterSeq: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: maxSeq,
          description: 'Only messages with a greater seq: what is new since a snapshot.',
        }),
      ),
    }),
  ],
  { additionalProperties: false },
)

export const History = PageOf(Message, {
  lastSeq: Type.Integer({
    minimum: 0,
    description: 'Seq of the conversation as this page was read: resume the live socket from here.',
  }),
  readUpToSeq: Type.Integer({ minimum: 0, description: 'What you have read.' }),
  peerReadUpToSeq: Type.Integer({ minimum: 0, description: 'What the other member has read.' }),
})
