import { isAppError } from '@accord/kit/error'
import type { Deps } from '../deps.ts'
import { isUnread } from '../inbox/store.ts'
import { composeMail } from './compose.ts'
import { finishMail, postponeMail, type QueuedMail, takeDueMails } from './queue.ts'
import { mailsAtOnce } from './transport.ts'

export interface MailSender {
  stop(): Promise<void>
}

const pollMs = 300

/**
 * Sends queued mails until it is stopped. At least once: only a process that dies between the server's acceptance
 * and our mark makes a mail go out twice, and then with the same Message-ID.
 */
export function startMailSender(deps: Deps): MailSender {
  let stopped = false
  let wake: () => void = () => {}
  const run = async () => {
    while (!stopped) {
      const sent = await sendDueMails(deps).catch((error: unknown) => {
        deps.log.warn('mails could not be looked up', { error })
        return 0
      })
      if (sent === 0 && !stopped)
        await pause(pollMs, (resolve) => {
          wake = resolve
        })
    }
  }
  const running = run()
  return {
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}

/**
 * Sends what is due now; answers how many were taken in hand. No more than can be handed over at once: one that
 * waited for another would outlast its lease, and somebody else would send it too.
 */
export async function sendDueMails(deps: Deps): Promise<number> {
  const due = await takeDueMails(deps.db.primary, mailsAtOnce, deps.clock())
  await Promise.all(due.map((mail) => sendOne(deps, mail)))
  return due.length
}

async function sendOne(deps: Deps, queued: QueuedMail): Promise<void> {
  try {
    if (await isStale(deps, queued))
      return await finishMail(deps.db.primary, queued.id, 'dropped', 'entry read or gone', deps.clock())
    const composed = await composeMail(deps, queued)
    if (!composed)
      return await finishMail(deps.db.primary, queued.id, 'dropped', 'nobody to write to', deps.clock())
    const outcome = await deps.mail.send({
      ...composed,
      messageId: `<${queued.id}@${new URL(deps.publicUrl).hostname}>`,
    })
    if (outcome === 'accepted')
      return await finishMail(deps.db.primary, queued.id, 'sent', null, deps.clock())
    if (outcome === 'refused')
      return await finishMail(deps.db.primary, queued.id, 'failed', 'refused', deps.clock())
    await postponeMail(deps.db.primary, queued, 'mail server unreachable', deps.clock())
  } catch (error) {
    deps.log.warn('a mail could not be sent', { mail: queued.id, kind: queued.kind, error })
    const reason = isAppError(error) ? error.code : 'error'
    // If even this fails the lease runs out and the mail is taken again.
    await postponeMail(deps.db.primary, queued, reason, deps.clock()).catch(() => {})
  }
}

/** Whether a mail tells of what its member has read, or what is over. Asked at the moment of sending. */
async function isStale(deps: Deps, { memberId, notificationId }: QueuedMail): Promise<boolean> {
  if (memberId === null || notificationId === null) return false
  return !(await isUnread(deps.db.primary, memberId, notificationId))
}

function pause(ms: number, onWake: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    onWake(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
