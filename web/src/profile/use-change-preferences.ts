import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type Schemas, unwrap } from '../api/client.ts'
import { preferencesQuery } from './queries.ts'

/** Replaces all preferences; the deck is another one afterwards. */
export function useChangePreferences() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Schemas['Preferences']) => unwrap(api.PUT('/api/v1/matches/preferences', { body })),
    onSuccess: (preferences) => {
      client.setQueryData(preferencesQuery.queryKey, preferences)
      void client.invalidateQueries({ queryKey: ['deck'] })
    },
  })
}
