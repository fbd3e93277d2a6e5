import { ownProfileQuery } from '../profile/queries.ts'
import { queryClient } from './query-client.ts'

/** The member whose screens are open, as far as it was loaded. */
export function memberAtWork(): string | null {
  return queryClient.getQueryData(ownProfileQuery.queryKey)?.id ?? null
}
