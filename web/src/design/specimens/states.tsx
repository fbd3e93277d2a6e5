import { Heart } from 'lucide-react'
import { Problem } from '../../api/problem.ts'
import { Button } from '../button.tsx'
import { ShowMore } from '../show-more.tsx'
import { Skeleton, SkeletonRows } from '../skeleton.tsx'
import { EmptyState, ErrorState } from '../state.tsx'
import { Specimen, Specimens } from './specimen.tsx'

const problems = [
  { name: 'offline', problem: new Problem({ status: 0, code: 'offline' }) },
  { name: 'away', problem: new Problem({ status: 503, code: 'unavailable' }) },
  { name: 'gone', problem: new Problem({ status: 404, code: 'not_found' }) },
  { name: 'forbidden', problem: new Problem({ status: 403, code: 'forbidden' }) },
  { name: 'other', problem: new Problem({ status: 500, code: 'internal' }) },
]
const list = {
  hasNextPage: true,
  isFetchingNextPage: false,
  isFetchNextPageError: false,
  fetchNextPage: async () => {},
}

export function StateSpecimens() {
  return (
    <>
      <Specimens title="Skeleton">
        <Specimen name="Skeleton">
          <Skeleton className="h-24 w-full" />
        </Specimen>
        <Specimen name="SkeletonRows">
          <SkeletonRows count={2} />
        </Specimen>
      </Specimens>
      <Specimens title="EmptyState">
        <Specimen name="with what to do next">
          <EmptyState
            icon={<Heart size={28} aria-hidden="true" />}
            title="No matches yet"
            text="They appear here when somebody you like likes you too."
          >
            <Button look="secondary">To Discover</Button>
          </EmptyState>
        </Specimen>
      </Specimens>
      <Specimens title="ErrorState">
        {problems.map(({ name, problem }) => (
          <Specimen key={name} name={name}>
            <ErrorState error={problem} retry={() => {}} />
          </Specimen>
        ))}
      </Specimens>
      <Specimens title="ShowMore" columns={3}>
        <Specimen name="default">
          <ShowMore query={list} />
        </Specimen>
        <Specimen name="loading">
          <ShowMore query={{ ...list, isFetchingNextPage: true }} />
        </Specimen>
        <Specimen name="error">
          <ShowMore query={{ ...list, isFetchNextPageError: true }} />
        </Specimen>
      </Specimens>
    </>
  )
}
