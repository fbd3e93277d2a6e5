import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase } from '@accord/kit/service'
import type { Config } from './config.ts'
import type { PasswordHasher } from './credential/password-hash.ts'
import type { Throttle } from './credential/throttle.ts'
import type { Database } from './db.ts'
import type { AccessTokens } from './signing-key/access-tokens.ts'

/** What the use cases of identity need from outside; made once in main, and by tests. */
export interface Deps
  extends Pick<
    ServiceBase,
    'log' | 'clock' | 'nats' | 'redis' | 'call' | 'cache' | 'keyring' | 'envelope' | 'publishLive'
  > {
  db: Databases<Database>
  config: Pick<Config, 'PUBLIC_URL' | 'MEDIA_SIGNING_KEY' | 'EVEN_ANSWER_MS'>
  passwords: PasswordHasher
  throttle: Throttle
  accessTokens: AccessTokens
}
