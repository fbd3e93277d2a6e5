/** Years a member must have lived. */
const adulthoodYears = 18
/** Nobody alive was born before it: a typing error. */
const earliest = '1900-01-01'

/** Whether a text is a day that exists in the calendar, as `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && isoDay(day) === text
}

/** Whether a birth date can be somebody's who registers now: it exists, has passed and is not absurd. */
export function isBirthDate(text: string, now: Date): boolean {
  return isCalendarDate(text) && text >= earliest && text <= isoDay(now)
}

/**
 * Whether somebody born on this day is of age at `now`, by the calendar in UTC. Who was born on 29 February
 * comes of age on 1 March of a year that has no 29th: comparing the dates as text does just that.
 */
export function isAdult(birthDate: string, now: Date): boolean {
  const year = Number(birthDate.slice(0, 4)) + adulthoodYears
  return isoDay(now) >= `${year}${birthDate.slice(4)}`
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10)
}
