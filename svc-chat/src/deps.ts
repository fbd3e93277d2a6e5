import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase } from '@accord/kit/service'
import type { Database } from './db.ts'

/** What the use cases of chat work with. */
export interface ChatDeps extends ServiceBase {
  db: Databases<Database>
}
