import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Runs for each query of which nothing is there yet, once the answer that is on its way has come, be it a refusal: it
 * may be older than what has just been heard.
 */
export function afterFirstAnswer(
  client: QueryClient,
  filters: { queryKey: QueryKey; exact?: boolean },
  run: (queryKey: QueryKey) => void,
): void {
  for (const query of client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
    // Joins what is on its way.
    if (query.state.data === undefined)
      void query
        .fetch()
        .catch(() => {})
        .then(() => run(query.queryKey))
  }
}
