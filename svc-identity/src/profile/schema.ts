import { MemberRole } from '@accord/contracts/actor'
import { Photo, Prompt } from '@accord/contracts/call/identity'
import { Gender } from '@accord/contracts/event/identity'
import { Id } from '@accord/contracts/id'
import { Locale } from '@accord/contracts/locale'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { promptQuestions } from './prompt-questions.ts'
import { Line, Text } from './text.ts'

const strict = { additionalProperties: false }

export const profileLimits = {
  displayName: 40,
  headline: 120,
  about: 2000,
  lookingFor: 500,
  answer: 500,
} as const

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const City = Type.Object({ id: Type.String(), name: Type.String(), country: Type.String() }, strict)

/** What the deck needs and a member has not given yet. */
export const MissingPart = Type.Union([Type.Literal('gender'), Type.Literal('city'), Type.Literal('photo')])
export type MissingPart = Static<typeof MissingPart>

export const OwnProfile = Type.Object(
  {
    id: Id('mem'),
    displayName: Type.String(),
    role: MemberRole,
    gender: nullable(Gender),
    birthDate: Type.String({ format: 'date', description: 'Only its member sees it.' }),
    locale: Locale,
    headline: nullable(Type.String()),
    about: nullable(Type.String()),
    lookingFor: nullable(Type.String()),
    city: nullable(City),
    languages: Type.Array(Type.String()),
    prompts: Type.Array(Prompt),
    photos: Type.Array(Photo),
    completeness: Type.Object(
      {
        complete: Type.Boolean({ description: 'Whether others can see this profile in their decks.' }),
        missing: Type.Array(MissingPart),
      },
      strict,
    ),
  },
  { ...strict, $id: 'OwnProfile' },
)
export type OwnProfile = Static<typeof OwnProfile>

const PromptQuestion = Type.Union(
  promptQuestions.map((question) => Type.Literal(question)),
  { description: 'One of the offered questions; each at most once.' },
)

/** What a member may change. A field that is left out stays; null clears it. */
export const ProfileChange = Type.Object(
  {
    gender: Type.Optional(nullable(Gender)),
    displayName: Type.Optional(Line(profileLimits.displayName, 'The name others see.')),
    locale: Type.Optional(Locale),
    headline: Type.Optional(nullable(Line(profileLimits.headline, 'One line under the name.'))),
    about: Type.Optional(nullable(Text(profileLimits.about, 'About me.'))),
    lookingFor: Type.Optional(nullable(Text(profileLimits.lookingFor, 'What I am looking for.'))),
    placeId: Type.Optional(
      nullable(
        Type.String({ pattern: '^[0-9]{1,10}$', description: 'Id of a place that searchPlaces gave.' }),
      ),
    ),
    languages: Type.Optional(
      nullable(
        Type.Array(Type.String({ pattern: '^[a-z]{2}$' }), {
          maxItems: 10,
          uniqueItems: true,
          description: 'ISO 639-1 codes.',
          examples: [['en', 'de']],
        }),
      ),
    ),
    prompts: Type.Optional(
      nullable(
        Type.Array(
          Type.Object(
            { question: PromptQuestion, answer: Text(profileLimits.answer, 'The answer.') },
            strict,
          ),
          { maxItems: 3 },
        ),
      ),
    ),
  },
  { ...strict, minProperties: 1 },
)
export type ProfileChange = Static<typeof ProfileChange>
