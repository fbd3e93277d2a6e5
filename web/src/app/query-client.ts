import { QueryClient } from '@tanstack/react-query'
import { mayPass } from '../api/problem.ts'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Kept on the device, to be read offline. */
      keep?: boolean
    }
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 24 * 60 * 60_000,
      // A refusal stays one; what may pass is tried again with growing pauses.
      retry: (failures, error) => failures < 2 && mayPass(error),
      // Our own requests find out whether there is a network.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
