import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../place.ts'
import { basicEnvironment } from '../process/launch.ts'
import type { Part } from '../process/part.ts'
import { greets } from './nats.ts'

export interface MailboxOptions {
  folder: string
  logFile: string
  smtpPort: number
  webPort: number
}

/** maildev: takes every mail, sends none on, and shows them in a browser and at `/api/email`. */
export function mailboxPart(o: MailboxOptions): Part {
  makeFolder(o.folder, 0o700)
  const program = join(dirname(fileURLToPath(import.meta.resolve('maildev'))), 'bin/maildev.js')
  return {
    name: 'mailbox',
    launch: {
      command: [
        process.execPath,
        program,
        ...['--ip', '127.0.0.1', '--smtp', String(o.smtpPort)],
        ...['--web-ip', '127.0.0.1', '--web', String(o.webPort)],
        ...['--mail-directory', o.folder, '--max-emails', '2000', '--max-message-size', '1000000'],
      ],
      env: basicEnvironment(),
      cwd: o.folder,
      logFile: o.logFile,
    },
    ready: () => greets(o.smtpPort, /^220 /),
    readyWithinMs: 20_000,
    stop: { signal: 'SIGTERM', graceMs: 3000 },
  }
}
