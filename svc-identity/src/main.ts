import { runService } from '@accord/kit/service'
import { loadConfig } from './config.ts'
import type { Database } from './db.ts'
import { createIdentity } from './service.ts'

const config = loadConfig()

await runService<Database>({
  name: 'identity',
  config,
  migrations: import.meta.resolve('../migrations'),
  start: (base) => createIdentity(base, config),
})
