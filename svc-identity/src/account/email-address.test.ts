import { expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { EmailAddress, normaliseEmail } from './email-address.ts'

test('spellings of one address have one form', () => {
  for (const spelling of ['Ada@Example.COM', ' ada@example.com ', 'ADA@EXAMPLE.com']) {
    expect(normaliseEmail(spelling)).toBe('ada@example.com')
  }
  expect(normaliseEmail('ada@bücher.example')).toBe('ada@xn--bcher-kva.example')
  expect(normaliseEmail('ade\u0301@example.com')).toBe(normaliseEmail('ad\u00e9@example.com'))
})

test('tags and dots stay: they may be another mailbox', () => {
  expect(normaliseEmail('a.d.a+accord@example.com')).toBe('a.d.a+accord@example.com')
})

test('what could smuggle a header or a second recipient is not an address', () => {
  for (const text of [
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example,c@d.example',
    'A <a@b.example>',
    'a b@c.example',
    'a@b',
    '@b.example',
    `${'a'.repeat(65)}@b.example`,
  ]) {
    expect(Value.Check(EmailAddress, text), text).toBe(false)
  }
})
