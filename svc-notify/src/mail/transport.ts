import nodemailer from 'nodemailer'

export interface OutgoingMail {
  to: string
  subject: string
  text: string
  html: string
  /** Stable for a mail: a mailbox that gets it twice can tell. */
  messageId: string
}

/** `refused` is final (the address or the mail is not accepted); `unreachable` is worth another try. */
export type MailOutcome = 'accepted' | 'refused' | 'unreachable'

export interface MailTransport {
  send(mail: OutgoingMail): Promise<MailOutcome>
  close(): void
}

/** Mails that are handed over at the same time, each on a connection of its own. */
export const mailsAtOnce = 8

/** Hands mail to the SMTP server at `url` over a few kept connections. */
export function createMailTransport(url: string, from: string): MailTransport {
  const smtp = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: mailsAtOnce,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      try {
        await smtp.sendMail({ from, ...mail, headers: { 'Auto-Submitted': 'auto-generated' } })
        return 'accepted'
      } catch (error) {
        return isFinal(error) ? 'refused' : 'unreachable'
      }
    },
    close: () => smtp.close(),
  }
}

/**
 * SMTP's 5xx answers are final (RFC 5321, 4.2.1) where they are about this recipient or this mail. One that comes
 * before (we may not connect, sign in or send) is about us, and every mail would be lost that met it.
 */
function isFinal(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
}
