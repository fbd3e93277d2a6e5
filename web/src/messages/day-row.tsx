import { useWhen } from './use-when.ts'

/** Between the messages of two days. */
export function DayRow({ at }: { at: string }) {
  const when = useWhen()
  return (
    <p className="py-5 text-center text-ink-soft text-sm">
      <time dateTime={at}>{when.day(at)}</time>
    </p>
  )
}
