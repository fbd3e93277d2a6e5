import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Runs for each query that is fetched for the first time, once its answer has come: the answer may be older than
 * what has just been heard, and nothing is there yet that could be brought up to date.
 */
export function afterFirstAnswer(
  client: QueryClient,
  filters: { queryKey: QueryKey; exact?: boolean },
  run: (queryKey: QueryKey) => void,
): void {
  for (const query of client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
    // Joins what is on its way.
    if (query.state.data === undefined)
      query.fetch().then(
        () => run(query.queryKey),
        () => {},
      )
  }
}
