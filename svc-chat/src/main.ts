import { runService } from '@accord/kit/service'
import { readChatConfig } from './config.ts'
import type { Database } from './db.ts'
import { chatParts } from './service.ts'

await runService<Database>({
  name: 'chat',
  config: readChatConfig(),
  migrations: `${import.meta.dir}/../migrations`,
  start: chatParts,
})
