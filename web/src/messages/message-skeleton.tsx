import { Skeleton } from '../design/skeleton.tsx'

const lines = [
  'w-2/5',
  'w-3/5',
  'w-1/3 self-end',
  'w-1/2 self-end',
  'w-2/3',
  'w-1/4',
  'w-2/5 self-end',
] as const

/** Stands where messages are about to be, at the end as they will be. */
export function MessageSkeleton() {
  return (
    <div aria-busy="true" className="flex h-full flex-col justify-end gap-3 p-4 md:px-6">
      {lines.map((line) => (
        <Skeleton key={line} className={`h-11 rounded-card ${line}`} />
      ))}
    </div>
  )
}
