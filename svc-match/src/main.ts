import { runService } from '@accord/kit/service'
import { readMatchConfig } from './config.ts'
import type { Database } from './db.ts'
import { createParts, migrations } from './service.ts'

await runService<Database>({ name: 'match', config: readMatchConfig(), migrations, start: createParts })
