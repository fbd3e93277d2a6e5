import { Skeleton } from '../design/skeleton.tsx'

/** In the places of the card, so that nothing moves when it comes. */
export function DeckSkeleton() {
  return (
    <div
      aria-busy="true"
      className="grid gap-6 md:grid-cols-[minmax(0,25rem)_minmax(0,1fr)] md:items-start md:gap-10"
    >
      <div className="grid gap-4">
        <Skeleton className="aspect-[4/5] max-h-[calc(100dvh-17rem)] min-h-72 w-full rounded-card" />
        <Skeleton className="hidden h-12 rounded-full md:block" />
      </div>
      <div className="grid content-start gap-4">
        <Skeleton className="h-10 w-1/2" />
        <Skeleton className="h-5 w-2/3" />
        <Skeleton className="mt-2 h-6 w-3/4" />
        <Skeleton className="mt-4 h-24" />
        <Skeleton className="h-24" />
      </div>
    </div>
  )
}
