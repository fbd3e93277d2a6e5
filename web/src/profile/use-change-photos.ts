import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { ownProfileQuery } from './queries.ts'

/** Puts the own photos into another order; several orders in a row arrive in theirs. */
export function useOrderPhotos() {
  const client = useQueryClient()
  return useMutation({
    scope: { id: 'photos' },
    mutationFn: (photoIds: string[]) =>
      unwrap(api.PUT('/api/v1/users/profile/photos/order', { body: { photoIds } })),
    onSuccess: (_, photoIds) => {
      client.setQueryData(
        ownProfileQuery.queryKey,
        (profile) => profile && { ...profile, photos: inOrder(profile.photos, photoIds) },
      )
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ownProfileQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['deck'] })
    },
  })
}

export function useRemovePhoto() {
  const client = useQueryClient()
  return useMutation({
    scope: { id: 'photos' },
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/v1/users/profile/photos/{id}', { params: { path: { id } } })).catch((error) => {
        // Removed already, perhaps elsewhere: that is what was wanted.
        if (!isProblem(error) || error.status !== 404) throw error
      }),
    onSuccess: (_, removed) => {
      client.setQueryData(
        ownProfileQuery.queryKey,
        (profile) => profile && { ...profile, photos: profile.photos.filter(({ id }) => id !== removed) },
      )
      void client.invalidateQueries({ queryKey: ownProfileQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['deck'] })
    },
  })
}

/** In this order; what it does not name comes last. */
export function inOrder<T extends { id: string }>(items: readonly T[], ids: readonly string[]): T[] {
  const place = (id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length)
  return [...items].sort((one, other) => place(one.id) - place(other.id))
}
