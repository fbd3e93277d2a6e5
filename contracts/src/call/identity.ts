import { type Static, Type } from '@sinclair/typebox'
import { MemberRole } from '../actor.ts'
import { Gender, MailKind, MemberFacts } from '../event/identity.ts'
import { Id } from '../id.ts'
import { Locale } from '../locale.ts'
import { defineCall } from './define.ts'

const strict = { additionalProperties: false }
const member = 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d'

/** One rendition of a photo. `url` is signed and valid until the end of the day after. */
export const PhotoVariant = Type.Object(
  {
    url: Type.String(),
    width: Type.Integer(),
    height: Type.Integer(),
    type: Type.Union([Type.Literal('image/avif'), Type.Literal('image/webp')]),
  },
  strict,
)

export const Photo = Type.Object(
  {
    id: Id('pho'),
    width: Type.Integer(),
    height: Type.Integer(),
    thumbhash: Type.String({ description: 'Base64 of the thumbhash, for a placeholder.' }),
    variants: Type.Array(PhotoVariant),
  },
  strict,
)
export type Photo = Static<typeof Photo>

export const Prompt = Type.Object(
  {
    question: Type.String({ minLength: 1, maxLength: 120 }),
    answer: Type.String({ minLength: 1, maxLength: 500 }),
  },
  strict,
)

/** What one member sees of another. */
export const Card = Type.Object(
  {
    id: Id('mem'),
    displayName: Type.String(),
    age: Type.Integer(),
    role: MemberRole,
    gender: Type.Union([Gender, Type.Null()]),
    headline: Type.Union([Type.String(), Type.Null()]),
    about: Type.Union([Type.String(), Type.Null()]),
    lookingFor: Type.Union([Type.String(), Type.Null()]),
    city: Type.Union([Type.String(), Type.Null()], {
      description: 'Name of the chosen city, never coordinates.',
    }),
    languages: Type.Array(Type.String()),
    prompts: Type.Array(Prompt),
    photos: Type.Array(Photo),
    verified: Type.Boolean(),
  },
  { ...strict, $id: 'Card' },
)
export type Card = Static<typeof Card>

export const card = defineCall({
  service: 'identity',
  verb: 'card',
  description:
    'Cards of several members as the viewer may see them: unknown, hidden and blocked ones are left out.',
  timeoutMs: 1000,
  request: Type.Object({ viewerId: Id('mem'), memberIds: Type.Array(Id('mem'), { maxItems: 100 }) }, strict),
  response: Type.Object({ cards: Type.Array(Card) }, strict),
  samples: { request: { viewerId: member, memberIds: [] }, response: { cards: [] } },
})

export const contact = defineCall({
  service: 'identity',
  verb: 'contact',
  description: 'Where a member is reached. Null when the account is closed or the address is not confirmed.',
  timeoutMs: 1000,
  request: Type.Object({ memberId: Id('mem') }, strict),
  response: Type.Object(
    {
      contact: Type.Union([
        Type.Object({ email: Type.String(), displayName: Type.String(), locale: Locale }, strict),
        Type.Null(),
      ]),
    },
    strict,
  ),
  samples: { request: { memberId: member }, response: { contact: null } },
})

export const mail = defineCall({
  service: 'identity',
  verb: 'mail',
  description: 'What a requested mail says and where it goes. Null when it is not to be sent any more.',
  timeoutMs: 1000,
  request: Type.Object({ mailId: Id('eml') }, strict),
  response: Type.Object(
    {
      mail: Type.Union([
        Type.Object(
          {
            kind: MailKind,
            to: Type.String(),
            displayName: Type.String(),
            locale: Locale,
            link: Type.Union([Type.String(), Type.Null()]),
            code: Type.Union([Type.String(), Type.Null()]),
            expiresAt: Type.Union([Type.String(), Type.Null()]),
          },
          strict,
        ),
        Type.Null(),
      ]),
    },
    strict,
  ),
  samples: { request: { mailId: 'eml_01k9zv8h5ae6wt3q4x7n2m0c1d' }, response: { mail: null } },
})

export const snapshot = defineCall({
  service: 'identity',
  verb: 'snapshot',
  description:
    'All members with their facts and the blocks they made, in pages by id, for rebuilding a projection. ' +
    '`streamSequence` was read before the first row: replay the stream from it afterwards.',
  timeoutMs: 5000,
  request: Type.Object(
    { after: Type.Union([Id('mem'), Type.Null()]), limit: Type.Integer({ minimum: 1, maximum: 500 }) },
    strict,
  ),
  response: Type.Object(
    {
      streamSequence: Type.Integer({ minimum: 0 }),
      members: Type.Array(
        Type.Object(
          {
            memberId: Id('mem'),
            /** aggregateSeq the facts are true for. */
            version: Type.Integer({ minimum: 0 }),
            facts: MemberFacts,
            blocked: Type.Array(Id('mem')),
          },
          strict,
        ),
      ),
      next: Type.Union([Id('mem'), Type.Null()]),
    },
    strict,
  ),
  samples: { request: { after: null, limit: 100 }, response: { streamSequence: 0, members: [], next: null } },
})
