import { type TString, Type } from '@sinclair/typebox'

/**
 * Characters that may stand in no text: controls (C0, DEL, C1), and those that turn the direction of what
 * follows, with which a name can be made to look like another.
 */
const refusedInLine = '\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069'
/** The same, but for tab and line breaks. */
const refusedInText =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069'

/** One line that says something: not only spaces, no control characters. */
export function Line(maxLength: number, description: string): TString {
  return Type.String({ minLength: 1, maxLength, pattern: `^[^${refusedInLine}]*$`, description })
}

/** Text in several lines, without other control characters. */
export function Text(maxLength: number, description: string): TString {
  return Type.String({ maxLength, pattern: `^[^${refusedInText}]*$`, description })
}

/** A member's text as it is stored: composed (NFC), well-formed, line breaks as `\n`, no spaces around it. */
export function normaliseText(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').trim()
}

/** Whether a text shows anything: not only spaces, marks, and signs or letters without a shape. */
export function isVisible(text: string): boolean {
  return /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u.test(text)
}

/** As normaliseText; null when nothing is left. */
export function textOrNull(text: string | null): string | null {
  return text === null ? null : normaliseText(text) || null
}
