import { useLingui } from '@lingui/react'
import type { TextKey } from './keys.ts'

export type Values = Record<string, string | number | Date>
export type Translate = (key: TextKey, values?: Values) => string

/** The texts of the chosen language: `t('deck.likes', { count: 3 })`. */
export function useText(): Translate {
  const { i18n } = useLingui()
  return (key, values) => i18n._(key, values)
}
