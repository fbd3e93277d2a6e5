import { useLingui } from '@lingui/react'
import { useMemo } from 'react'

/** Dates, times and amounts as they are written in the chosen language. */
export function useFormat() {
  const locale = withRegion(useLingui().i18n.locale)
  return useMemo(() => {
    const formatters = new Map<string, Intl.DateTimeFormat>()
    const write = (date: Date | string, options: Intl.DateTimeFormatOptions) => {
      const key = JSON.stringify(options)
      const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options)
      formatters.set(key, formatter)
      return formatter.format(typeof date === 'string' ? new Date(date) : date)
    }
    return {
      time: (date: Date | string) => write(date, { hour: 'numeric', minute: '2-digit' }),
      day: (date: Date | string) => write(date, { day: 'numeric', month: 'long', year: 'numeric' }),
      dayAndTime: (date: Date | string) => write(date, { dateStyle: 'medium', timeStyle: 'short' }),
      weekday: (date: Date | string) => write(date, { weekday: 'long', day: 'numeric', month: 'long' }),
      number: (value: number) => new Intl.NumberFormat(locale).format(value),
      /** `minor` is the smallest unit of the currency. */
      money: (minor: number, currency: string) => {
        const formatter = new Intl.NumberFormat(locale, {
          style: 'currency',
          currency: currency.toUpperCase(),
        })
        const digits = formatter.resolvedOptions().maximumFractionDigits ?? 2
        return formatter.format(minor / 10 ** digits)
      },
      language: (code: string) => new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code,
      country: (code: string) => new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code,
      list: (items: readonly string[]) => new Intl.ListFormat(locale).format(items),
    }
  }, [locale])
}

/** The browser's own variant of the language, as `en-GB` for `en`, since dates are written by region. */
function withRegion(locale: string): string {
  return navigator.languages.find((language) => language.split('-')[0] === locale) ?? locale
}
