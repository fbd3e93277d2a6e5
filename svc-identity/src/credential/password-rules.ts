import { type Refused, refused } from '@accord/kit/error'
import { Type } from '@sinclair/typebox'
import { dictionary } from '@zxcvbn-ts/language-common'

const minLength = 10
const maxLength = 128

/** A password somebody chooses. The rules beyond its size are those of `checkPassword`. */
export const NewPassword = Type.String({
  minLength,
  maxLength,
  description: 'At least 10 characters; not the email address, and not one of the common passwords.',
  examples: ['a long walk in the rain'],
})

/** A password somebody gives to sign in: anything that could be one. */
export const GivenPassword = Type.String({ minLength: 1, maxLength })

/**
 * One form for one password: keyboards compose the same letter in different ways (NIST SP 800-63B, 3.1.1.2).
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/** Refuses what an attacker tries first: the address itself, listed passwords, a pattern without a secret. */
export function checkPassword(password: string, email: string): Refused<'password_too_weak'> | null {
  const text = normalisePassword(password).toLowerCase()
  const letters = [...text]
  if (letters.length < minLength) return weak(`Use at least ${minLength} characters.`)
  if (letters.length > maxLength) return weak(`Use at most ${maxLength} characters.`)
  if (new Set(letters).size < 5) return weak('Use more different characters.')
  if (isAddress(text, email)) return weak('Do not use your email address as the password.')
  if (isCommon(text)) return weak('This password is too easy to guess.')
  return null
}

function weak(detail: string): Refused<'password_too_weak'> {
  return refused('password_too_weak', { detail })
}

function isAddress(text: string, email: string): boolean {
  const local = email.slice(0, email.lastIndexOf('@'))
  return text === email || (bare(local) !== '' && bare(text) === bare(local))
}

/** Listed, or listed with digits and signs around it: `Password123!` is `password`. */
function isCommon(text: string): boolean {
  return common().has(text) || common().has(bare(text)) || runsOn(text)
}

function bare(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}

/** `1234567890`, `abcdefghij`: each character follows the one before. */
function runsOn(text: string): boolean {
  let steps = 0
  for (let i = 1; i < text.length; i++) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1)
    if (step === 1 || step === -1 || step === 0) steps++
  }
  return steps >= text.length - 2
}

let listed: ReadonlySet<string> | undefined

/** About 50,000 passwords from leaks, read at the first use. */
function common(): ReadonlySet<string> {
  listed ??= new Set(dictionary['passwords-common'])
  return listed
}
