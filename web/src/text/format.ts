import { useLingui } from '@lingui/react'
import { useMemo } from 'react'

/** Dates, times and amounts as they are written in the chosen language. */
export function useFormat() {
  const locale = withRegion(useLingui().i18n.locale)
  return useMemo(() => {
    const write = (date: Date | string, options: Intl.DateTimeFormatOptions) =>
      dates(locale, options).format(typeof date === 'string' ? new Date(date) : date)
    return {
      time: (date: Date | string) => write(date, timeOfDay),
      day: (date: Date | string) => write(date, { day: 'numeric', month: 'long', year: 'numeric' }),
      dayAndTime: (date: Date | string) => write(date, { dateStyle: 'medium', timeStyle: 'short' }),
      weekday: (date: Date | string) => write(date, { weekday: 'long', day: 'numeric', month: 'long' }),
      shortWeekday: (date: Date | string) => write(date, { weekday: 'short' }),
      shortDay: (date: Date | string) => write(date, { day: 'numeric', month: 'short' }),
      shortDate: (date: Date | string) => write(date, { day: 'numeric', month: 'numeric', year: '2-digit' }),
      month: (date: Date) => write(date, { month: 'long', timeZone: 'UTC' }),
      number: (value: number) => numbers(locale, {}).format(value),
      /** `minor` is the smallest unit of the currency. */
      money: (minor: number, currency: string) => {
        const format = numbers(locale, {
          style: 'currency',
          currency: currency.toUpperCase(),
        })
        const digits = format.resolvedOptions().maximumFractionDigits ?? 2
        return format.format(minor / 10 ** digits)
      },
      language: (code: string) => names(locale, { type: 'language' }).of(code) ?? code,
      country: (code: string) => names(locale, { type: 'region' }).of(code) ?? code,
      list: (items: readonly string[]) => lists(locale, {}).format(items),
    }
  }, [locale])
}

const timeOfDay = { hour: 'numeric', minute: '2-digit' } as const

/** The first formatters make the browser load the language's rules, which is best done before anything is shown. */
export function loadFormats(locale: string): void {
  new Intl.PluralRules(locale).select(1)
  dates(withRegion(locale), timeOfDay).format()
}

/** Making a formatter takes milliseconds on a phone: each is made once, for all who need it. */
function once<O, F>(make: (locale: string, options: O) => F): (locale: string, options: O) => F {
  const made = new Map<string, F>()
  return (locale, options) => {
    const key = `${locale} ${JSON.stringify(options)}`
    const formatter = made.get(key) ?? make(locale, options)
    made.set(key, formatter)
    return formatter
  }
}

const dates = once((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options))
const numbers = once((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options))
const names = once((locale, options: Intl.DisplayNamesOptions) => new Intl.DisplayNames(locale, options))
const lists = once((locale, options: Intl.ListFormatOptions) => new Intl.ListFormat(locale, options))

/** The browser's own variant of the language, as `en-GB` for `en`, since dates are written by region. */
function withRegion(locale: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === locale && isLanguageTag(tag)) ?? locale
}

/** Chromium takes over what the system says, as `en-US@posix`, and no formatter can be made of that. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}
