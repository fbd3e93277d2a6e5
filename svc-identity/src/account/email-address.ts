import { domainToASCII } from 'node:url'
import { Type } from '@sinclair/typebox'

const part = '[^\\s\\u0000-\\u001f\\u007f@<>()\\[\\],;:"\\\\]'

/** One `@`, no space, no control character, none of what headers and lists of addresses give a meaning to. */
export const EmailAddress = Type.String({
  minLength: 6,
  maxLength: 254,
  pattern: `^\\s*${part}{1,64}@${part}+\\.${part}{2,}\\s*$`,
  description: 'Email address.',
  examples: ['ada@example.com'],
})

/**
 * The one form of an address under which it is looked up and written to: no spaces around it, composed
 * Unicode, lower case, the domain in ASCII. Null when the domain cannot exist. Dots and `+tags` stay: whether
 * they mean the same mailbox is for its provider alone to say.
 */
export function normaliseEmail(text: string): string | null {
  const address = text.trim().normalize('NFC').toLowerCase()
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return at > 0 && domain.includes('.') ? `${address.slice(0, at)}@${domain}` : null
}
