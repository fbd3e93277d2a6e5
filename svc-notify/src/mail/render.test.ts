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
