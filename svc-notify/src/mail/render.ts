import type { Locale } from '@accord/contracts/locale'
import type { MailKind } from './kind.ts'
import { languages, namelessMails } from './template.ts'

export interface MailFacts {
  displayName: string
  locale: Locale
  /** Where the button leads. */
  link: string | null
  /** A code to type. */
  code: string | null
}

export interface RenderedMail {
  subject: string
  text: string
  html: string
}

/** A mail in its reader's language, as text and as HTML, both saying the same. */
export function renderMail(kind: MailKind, facts: MailFacts): RenderedMail {
  const { direction, greeting, mails } = languages[facts.locale]
  const { subject, paragraphs, button } = mails[kind]
  const salutation = greeting(namelessMails.has(kind) ? null : facts.displayName)
  const closing = 'Accord'
  const text = [
    salutation,
    ...paragraphs,
    ...(facts.code === null ? [] : [facts.code]),
    ...(button !== null && facts.link !== null ? [`${button}:\n${facts.link}`] : []),
    closing,
  ].join('\n\n')
  const body = [
    paragraph(escapeHtml(salutation)),
    ...paragraphs.map((line) => paragraph(escapeHtml(line))),
    ...(facts.code === null
      ? []
      : [`<p style="font-size:28px;letter-spacing:6px;margin:24px 0">${escapeHtml(facts.code)}</p>`]),
    ...(button !== null && facts.link !== null
      ? [
          `<p style="margin:28px 0"><a href="${escapeHtml(facts.link)}" style="background:#6b1f3a;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none">${escapeHtml(button)}</a></p>`,
        ]
      : []),
    paragraph(closing),
  ].join('\n')
  return {
    subject,
    text: `${text}\n`,
    // Mail programs drop the html element's own direction: the block inside says it again.
    html: `<!doctype html><html lang="${facts.locale}" dir="${direction}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body style="margin:0;background:#f6f3ec;color:#222222;font-family:Georgia,serif;line-height:1.5"><div dir="${direction}" style="max-width:520px;margin:0 auto;padding:32px 24px">${body}</div></body></html>`,
  }
}

function paragraph(html: string): string {
  return `<p style="margin:16px 0">${html}</p>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
