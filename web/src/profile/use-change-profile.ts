import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import type { paths } from '../api/schema.generated.d.ts'
import { takeOwnProfile } from './queries.ts'

export type ProfileChange =
  paths['/api/v1/users/profile']['patch']['requestBody']['content']['application/json']

/** Changes what is named and leaves the rest. Who is in the deck may depend on it. */
export function useChangeProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ProfileChange) => unwrap(api.PATCH('/api/v1/users/profile', { body })),
    onSuccess: async (profile) => {
      await takeOwnProfile(client, profile)
      void client.invalidateQueries({ queryKey: ['deck'] })
    },
  })
}
