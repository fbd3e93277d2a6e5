import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase, ServiceParts } from '@accord/kit/service'
import { createApp } from './app.ts'
import type { NotifyConfig } from './config.ts'
import type { Database } from './db.ts'
import type { Deps } from './deps.ts'
import { notifyConsumers } from './inbox/consumers.ts'
import { startMailSender } from './mail/sender.ts'
import { createMailTransport } from './mail/transport.ts'

/** Everything notify serves, put together on what the process gives it. */
export function notifyParts(
  base: ServiceBase & { db: Databases<Database> },
  config: NotifyConfig,
): ServiceParts {
  const mail = createMailTransport(config.SMTP_URL, config.MAIL_FROM)
  const deps: Deps = { ...base, mail, publicUrl: config.PUBLIC_URL.replace(/\/$/, '') }
  const sender = startMailSender(deps)
  return {
    app: createApp(deps),
    consumers: notifyConsumers(deps),
    async stop() {
      await sender.stop()
      mail.close()
    },
  }
}
