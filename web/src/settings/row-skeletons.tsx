import { Skeleton } from '../design/skeleton.tsx'

/** Rows of two lines, as of sessions and devices. */
export function RowSkeletons({ count }: { count: number }) {
  return (
    <ul aria-busy="true" className="-my-2 grid divide-y divide-line">
      {Array.from({ length: count }, (_, row) => row).map((row) => (
        <li key={row} className="grid min-h-16 content-center gap-2 py-2">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-4 w-56" />
        </li>
      ))}
    </ul>
  )
}
