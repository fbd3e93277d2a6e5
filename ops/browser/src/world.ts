import { type Api, createApi, eventually } from '@accord/e2e/api'
import { type Mailbox, openMailbox } from '@accord/e2e/mailbox'
import { her, him, introduce, join, type Person } from '@accord/e2e/person'
import { runningStack } from '@accord/e2e/stack'
import type { StackFile } from '@accord/stack/stack/report'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from './chromium.ts'

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const
export const desktop = { viewport: { width: 1280, height: 800 } } as const

export interface World {
  stack: StackFile
  browser: Browser
  api: Api
  mailbox: Mailbox
  /** A device of its own: nothing is shared with another but the platform. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** A member with a complete profile, made over the API; `her` seeks `him` and the other way round. */
  member(who: 'her' | 'him', name?: string): Promise<Person>
  /** Two members who like each other, and their conversation's id. */
  pair(): Promise<{ mara: Person; jonas: Person; conversationId: string }>
  /** A member's page, signed in through the form. */
  signedIn(person: Person, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** A browser beside a running Accord. */
export async function openWorld(): Promise<World> {
  const stack = runningStack()
  const browser = await openBrowser()
  const api = createApi(stack.gateway)
  const mailbox = openMailbox(stack.mailbox)
  const contexts = new Set<BrowserContext>()

  const open: World['open'] = async (options = phone) => {
    const context = await browser.newContext({ baseURL: stack.gateway, locale: 'en-GB', ...options })
    context.setDefaultTimeout(20_000)
    contexts.add(context)
    return context.newPage()
  }
  const member: World['member'] = async (who, name) => {
    const wish = { ...(who === 'her' ? her : him), ...(name ? { name } : {}) }
    const person = await join(api, mailbox, wish)
    await introduce(api, person, wish)
    return person
  }
  return {
    stack,
    browser,
    api,
    mailbox,
    open,
    member,
    async pair() {
      const [mara, jonas] = await Promise.all([member('her'), member('him')])
      const like = (from: Person, to: Person) =>
        eventually(
          () =>
            api('/api/v1/matches/decisions', {
              token: from.token,
              body: { memberId: to.id, decision: 'like' },
            }),
          ({ status }) => status === 200,
        )
      await like(mara, jonas)
      const { body } = await like(jonas, mara)
      return { mara, jonas, conversationId: body.match.conversationId }
    },
    async signedIn(person, options) {
      const page = await open(options)
      await page.goto('/sign-in')
      await signIn(page, person, mailbox)
      return page
    },
    async close() {
      await Promise.all([...contexts].map((context) => context.close().catch(() => {})))
      await browser.close()
    },
  }
}

/** Through the form, with the code that is mailed to a device nobody knows yet. */
export async function signIn(page: Page, person: Person, mailbox: Mailbox): Promise<void> {
  await page.getByLabel('Email address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const code = page.getByLabel('Code from the mail')
  await Promise.race([code.waitFor(), page.waitForURL(/\/discover/)])
  if (await code.isVisible()) {
    const mail = await mailbox.mailTo(person.email, /code/i)
    await code.fill(/\b\d{6}\b/.exec(mail.text)?.[0] ?? '')
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  await page.waitForURL(/\/discover/)
}
