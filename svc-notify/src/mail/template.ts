import type { Locale } from '@accord/contracts/locale'
import type { MailKind } from './kind.ts'
import { arabic } from './language/arabic.ts'
import { english } from './language/english.ts'
import { german } from './language/german.ts'

export interface MailText {
  subject: string
  /** Plain paragraphs; no markup. */
  paragraphs: string[]
  button: string | null
}

/**
 * What each mail says. Mails lie open on lock screens and in shared mailboxes: they name no other member and
 * nothing of what was written.
 */
export interface MailLanguage {
  direction: 'ltr' | 'rtl'
  /** The first line; null: to nobody by name. */
  greeting(name: string | null): string
  mails: Record<MailKind, MailText>
}

export const languages: Record<Locale, MailLanguage> = { en: english, de: german, ar: arabic }

/** Whoever asked for these need not be who reads them: the name may be anything, and is left out. */
export const namelessMails: ReadonlySet<MailKind> = new Set(['confirm_address'])
