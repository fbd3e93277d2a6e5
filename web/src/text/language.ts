import { messages as english } from 'virtual:text/en'
import { i18n, type Messages } from '@lingui/core'
import { loadFormats } from './format.ts'

export const locales = ['en', 'de', 'ar'] as const
export type Locale = (typeof locales)[number]

/** Each language by its own name. */
export const localeNames: Record<Locale, string> = { en: 'English', de: 'Deutsch', ar: 'العربية' }

const loaders: Record<Exclude<Locale, 'en'>, () => Promise<{ messages: Messages }>> = {
  de: () => import('virtual:text/de'),
  ar: () => import('virtual:text/ar'),
}

/** The language that was chosen here, else the browser's where we have it, else English. */
export function preferredLocale(): Locale {
  const chosen = read('accord.locale')
  const candidates = [chosen, ...navigator.languages.map((language) => language.slice(0, 2))]
  return (
    locales.find(
      (locale) =>
        locale ===
        candidates.find((candidate) => (locales as readonly (string | null)[]).includes(candidate)),
    ) ?? 'en'
  )
}

let wanted: Locale = 'en'

export const shownLocale = (): Locale => i18n.locale as Locale

/** Loads a language and shows everything in it, mirrored where it is written from the right. */
export async function showLocale(locale: Locale): Promise<void> {
  wanted = locale
  const messages = locale === 'en' ? english : (await loaders[locale]()).messages
  // Another one was chosen while this one was loaded.
  if (locale !== wanted) return
  loadFormats(locale)
  i18n.loadAndActivate({ locale, messages })
  document.documentElement.lang = locale
  document.documentElement.dir = locale === 'ar' ? 'rtl' : 'ltr'
}

export async function chooseLocale(locale: Locale): Promise<void> {
  localStorage.setItem('accord.locale', locale)
  await showLocale(locale)
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
