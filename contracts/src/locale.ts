import { type Static, Type } from '@sinclair/typebox'

/** The languages that Accord speaks, in its mails as on its screens. */
export const Locale = Type.Union([Type.Literal('en'), Type.Literal('de'), Type.Literal('ar')], {
  description: 'Language of the mails to this member.',
})
export type Locale = Static<typeof Locale>

export const locales: readonly Locale[] = ['en', 'de', 'ar']
