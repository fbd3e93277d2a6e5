import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase } from '@accord/kit/service'
import type { Database } from './db.ts'
import type { MailTransport } from './mail/transport.ts'

export interface Deps extends ServiceBase {
  db: Databases<Database>
  mail: MailTransport
  /** Address of the web app, without a slash at the end. */
  publicUrl: string
}
