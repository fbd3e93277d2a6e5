/** What the platform asks of an address, a password and a birth date, so that it can be said before it is sent. */

export const passwordLength = 10
export const mostPasswordLength = 128
const adulthoodYears = 18
const earliestYear = 1900

export function isEmail(text: string): boolean {
  return (
    text.trim().length <= 254 &&
    /^[^\s@<>()[\],;:"\\]{1,64}@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\]{2,}$/.test(text.trim())
  )
}

/** Counted as letters, in the one form that the platform stores. */
export function isLongEnough(password: string): boolean {
  return [...password.normalize('NFKC')].length >= passwordLength
}

/** `YYYY-MM-DD` of what was typed in three fields; null when there is no such day, or it has not been yet. */
export function birthDateFrom(day: string, month: string, year: string, now: Date): string | null {
  const [d, m, y] = [day, month, year].map((part) => plainDigits(part.trim())) as [string, string, string]
  if (!/^\d{1,2}$/.test(d) || !/^\d{1,2}$/.test(m) || !/^\d{4}$/.test(y) || Number(y) < earliestYear)
    return null
  const text = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || isoDay(date) !== text) return null
  return text <= isoDay(now) ? text : null
}

/** By the calendar in UTC, as the platform counts; comparing the dates as text does just that. */
export function isAdult(birthDate: string, now: Date): boolean {
  const year = Number(birthDate.slice(0, 4)) + adulthoodYears
  return isoDay(now) >= `${year}${birthDate.slice(4)}`
}

/** Arabic keyboards may write digits of their own. */
export function plainDigits(text: string): string {
  return text.replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10)
}
