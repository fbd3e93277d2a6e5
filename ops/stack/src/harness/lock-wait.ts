import { withClient } from './database.ts'

/**
 * Resolves once somebody in the database at `url` waits for a lock that somebody else holds: what a test has begun
 * beside its own transaction has come as far as it can.
 */
export function someoneWaits(url: string): Promise<void> {
  return withClient(url, async (client) => {
    const waiting = () =>
      client.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    while ((await waiting()).rowCount === 0);
  })
}
