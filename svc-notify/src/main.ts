import { runService } from '@accord/kit/service'
import { config } from './config.ts'
import { notifyParts } from './service.ts'

const settings = config()

await runService({
  name: 'notify',
  config: settings,
  migrations: `${import.meta.dir}/../migrations`,
  start: (base) => notifyParts(base, settings),
})
