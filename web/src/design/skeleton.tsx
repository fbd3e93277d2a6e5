/** Stands where something is about to be, in its size, so that nothing moves when it comes. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <div aria-hidden="true" className={`animate-pulse-soft rounded-control bg-line/70 ${className}`} />
}

/** Rows as of a list of people. */
export function SkeletonRows({ count = 5 }: { count?: number }) {
  return (
    <ul aria-busy="true" className="grid gap-2">
      {Array.from({ length: count }, (_, row) => row).map((row) => (
        <li key={row} className="flex items-center gap-4 p-3">
          <Skeleton className="size-14 rounded-full" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-1/3" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        </li>
      ))}
    </ul>
  )
}
