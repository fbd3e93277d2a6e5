import { describe, expect, test } from 'bun:test'
import { locales } from '@accord/contracts/locale'
import type { MailKind } from './kind.ts'
import { renderMail } from './render.ts'
import { languages } from './template.ts'

const kinds = Object.keys(languages.en.mails) as MailKind[]

test('a name with markup in it stays text', () => {
  const facts = { displayName: '<b>&"', locale: 'en', link: 'http://a.test/?a=1&b=2', code: null } as const
  const { html } = renderMail('match', facts)
  expect(html).not.toContain('<b>')
  expect(html).toContain('&#60;b&#62;&#38;&#34;')
})

describe.each([...locales])('in %s', (locale) => {
  test('text and HTML carry the same link and code', () => {
    for (const kind of kinds) {
      const facts = { displayName: 'Mara', locale, link: 'http://a.test/x', code: '123456' }
      const { text, html } = renderMail(kind, facts)
      for (const mail of [text, html]) expect(mail).toContain('123456')
      if (languages[locale].mails[kind].button === null) continue
      for (const mail of [text, html]) expect(mail).toContain('http://a.test/x')
    }
  })

  test('the mail that a stranger can have sent to any address says nothing that the stranger chose', () => {
    const facts = { displayName: 'Win at evil.example', locale, link: 'http://a.test/x', code: null }
    const { subject, text, html } = renderMail('confirm_address', facts)
    for (const part of [subject, text, html]) expect(part).not.toContain('evil')
    expect(renderMail('reset_password', facts).text.split('\n')[0]).toContain('Win at evil.example')
  })

  test('says as much as in English, with a button where there is one', () => {
    for (const kind of kinds) {
      const [here, english] = [languages[locale].mails[kind], languages.en.mails[kind]]
      expect(here.button === null, kind).toBe(english.button === null)
      expect(here.paragraphs.length, kind).toBe(english.paragraphs.length)
    }
  })
})

test('every mail is written in each language, and HTML says which and where it begins', () => {
  for (const kind of kinds) {
    const written = locales.map((locale) =>
      renderMail(kind, { displayName: 'Mara', locale, link: 'http://a.test/x', code: null }),
    )
    for (const part of ['subject', 'text', 'html'] as const)
      expect(new Set(written.map((mail) => mail[part])).size, `${kind} ${part}`).toBe(locales.length)
    const [en, de, ar] = written
    expect(en?.html).toContain('<html lang="en" dir="ltr">')
    expect(de?.html).toContain('<html lang="de" dir="ltr">')
    expect(ar?.html).toContain('<html lang="ar" dir="rtl">')
    expect(ar?.html).toContain('<div dir="rtl"')
  }
})
