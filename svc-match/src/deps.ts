import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase } from '@accord/kit/service'
import type { Database } from './db.ts'

/** What the use cases of match need from outside; made once in main, and by tests. */
export interface Deps
  extends Pick<ServiceBase, 'log' | 'clock' | 'redis' | 'call' | 'cache' | 'publishLive'> {
  db: Databases<Database>
}
