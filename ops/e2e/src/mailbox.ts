import { eventually } from './api.ts'

interface CaughtMail {
  id: string
  subject: string
  text: string
  html: string
  to: { address: string }[]
}

export interface Mailbox {
  /** The newest mail to this address whose subject matches; waits for it. */
  mailTo(address: string, subject: RegExp): Promise<CaughtMail>
}

/** Reads the mail catcher over its API. */
export function openMailbox(url: string | null): Mailbox {
  if (url === null)
    throw new Error('This stack sends its mail to a real server; the journey needs the catcher.')
  const matching = async (address: string, subject: RegExp) => {
    const answer = await fetch(new URL(`/api/email?to.address=${encodeURIComponent(address)}`, url))
    const mails = (await answer.json()) as CaughtMail[]
    return mails
      .filter((mail) => subject.test(mail.subject) && mail.to.some((to) => to.address === address))
      .at(-1)
  }
  return {
    async mailTo(address, subject) {
      const mail = await eventually(
        () => matching(address, subject),
        (found) => found !== undefined,
      )
      if (!mail) throw new Error('unreachable')
      return mail
    },
  }
}

/** The value of a query parameter in the mail's link. */
export function linkParameter(mail: CaughtMail, name: string): string {
  const link = /https?:\/\/\S+/.exec(mail.text)?.[0]
  const value = link && new URL(link).searchParams.get(name)
  if (!value) throw new Error(`The mail "${mail.subject}" has no link with ${name}.`)
  return value
}
