import { runService } from '@accord/kit/service'
import { config } from './config.ts'
import { billingParts } from './service.ts'

const settings = config()

await runService({
  name: 'billing',
  config: settings,
  migrations: `${import.meta.dir}/../migrations`,
  start: (base) => billingParts(base, settings),
})
