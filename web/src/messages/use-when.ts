import { useMemo } from 'react'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { daysAgo } from './rows.ts'

/** When something was, as precisely as it is of use: the time today, the weekday this week, else the date. */
export function useWhen() {
  const t = useText()
  const format = useFormat()
  return useMemo(() => {
    const isThisYear = (at: string) => new Date(at).getFullYear() === new Date().getFullYear()
    return {
      short: (at: string) => {
        const days = daysAgo(at, new Date())
        if (days <= 0) return format.time(at)
        if (days === 1) return t('messages.day.yesterday')
        if (days < 7) return format.shortWeekday(at)
        return isThisYear(at) ? format.shortDay(at) : format.shortDate(at)
      },
      day: (at: string) => {
        const days = daysAgo(at, new Date())
        if (days <= 0) return t('messages.day.today')
        if (days === 1) return t('messages.day.yesterday')
        return isThisYear(at) ? format.weekday(at) : format.day(at)
      },
      time: format.time,
    }
  }, [t, format])
}
