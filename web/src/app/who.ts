import { queryClient } from './query-client.ts'

export const ownProfileKey = ['profile'] as const

/** The member whose screens are open, as far as it was loaded. */
export function memberAtWork(): string | null {
  return queryClient.getQueryData<{ id: string }>(ownProfileKey)?.id ?? null
}
