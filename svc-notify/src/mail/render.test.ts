import { expect, test } from 'bun:test'
import { renderMail } from './render.ts'
import { templates } from './template.ts'

test('a name with markup in it stays text', () => {
  const { html } = renderMail('match', { displayName: '<b>&"', link: 'http://a.test/?a=1&b=2', code: null })
  expect(html).not.toContain('<b>')
  expect(html).toContain('&#60;b&#62;&#38;&#34;')
})

test('text and HTML carry the same link and code', () => {
  for (const kind of Object.keys(templates) as (keyof typeof templates)[]) {
    const { text, html } = renderMail(kind, { displayName: 'Mara', link: 'http://a.test/x', code: '123456' })
    for (const mail of [text, html]) expect(mail).toContain('123456')
    if (templates[kind].button === null) continue
    for (const mail of [text, html]) expect(mail).toContain('http://a.test/x')
  }
})

test('the mail that a stranger can have sent to any address says nothing that the stranger chose', () => {
  const facts = { displayName: 'Win at evil.example', link: 'http://a.test/x', code: null }
  const { subject, text, html } = renderMail('confirm_address', facts)
  for (const part of [subject, text, html]) expect(part).not.toContain('evil')
  expect(text).toStartWith('Hello,\n')
  expect(renderMail('reset_password', facts).text).toStartWith('Hello Win at evil.example,\n')
})
