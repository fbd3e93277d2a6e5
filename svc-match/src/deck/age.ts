/** Full years lived by the month of birth; who has the birthday this month counts as a year older already. */
export function ageByMonth(birthMonth: string, now: Date): number {
  return Math.floor((monthsOf(now.toISOString()) - monthsOf(birthMonth)) / 12)
}

/** First and last month of birth, as `YYYY-MM-01`, of those who are between two ages, both included. */
export function birthMonths(ageMin: number, ageMax: number, now: Date): { first: string; last: string } {
  const months = monthsOf(now.toISOString())
  return { first: firstDay(months - (ageMax + 1) * 12 + 1), last: firstDay(months - ageMin * 12) }
}

function monthsOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
}

function firstDay(months: number): string {
  const year = String(Math.floor(months / 12)).padStart(4, '0')
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}-01`
}
