import { queryOptions } from '@tanstack/react-query'
import type { LegalKey } from '../text/keys.ts'
import type { Locale } from '../text/language.ts'

export type LegalTexts = Record<LegalKey, string>

/** Long, and read by few: loaded with the pages that show them, not with the other texts. */
const loaders: Record<Locale, () => Promise<{ default: LegalTexts }>> = {
  en: () => import('../text/en/legal.json'),
  de: () => import('../text/de/legal.json'),
  ar: () => import('../text/ar/legal.json'),
}

export const legalTextsQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['legal', locale],
    queryFn: async () => (await loaders[locale]()).default,
    staleTime: Number.POSITIVE_INFINITY,
  })
