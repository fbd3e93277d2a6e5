import { type Api, createApi, eventually, expecting, type Json } from '@accord/e2e/api'
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
  /**
   * A member with a complete profile, made over the API; `her` seeks `him` and the other way round. Who lives in
   * another city than the others is in nobody else's deck.
   */
  member(who: 'her' | 'him', name?: string, city?: string): Promise<Person>
  /** Once the platform has heard of both; the answer's body. */
  like(from: Person, to: Person): Promise<Json>
  /** Writes a message, as from another device. */
  say(from: Person, conversationId: string, text: string): Promise<void>
  /** Two members who like each other, and their conversation's id. */
  pair(city?: string): Promise<{ mara: Person; jonas: Person; conversationId: string }>
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
  const member: World['member'] = async (who, name, city) => {
    const wish = { ...(who === 'her' ? her : him), ...(name ? { name } : {}), ...(city ? { city } : {}) }
    const person = await join(api, mailbox, wish)
    await introduce(api, person, wish)
    return person
  }
  const like: World['like'] = async (from, to) => {
    const { body } = await eventually(
      () =>
        api('/api/v1/matches/decisions', {
          token: from.token,
          body: { memberId: to.id, decision: 'like' },
        }),
      ({ status }) => status === 200,
    )
    return body
  }
  return {
    stack,
    browser,
    api,
    mailbox,
    open,
    member,
    like,
    async say({ token }, conversationId, text) {
      const body = { clientMessageId: crypto.randomUUID(), text }
      await expecting(201, api(`/api/v1/conversations/${conversationId}/messages`, { token, body }))
    },
    async pair(city) {
      const [mara, jonas] = await Promise.all([member('her', 'Mara', city), member('him', 'Jonas', city)])
      await like(mara, jonas)
      const body = await like(jonas, mara)
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

/** Through the form, with the code that is mailed to a device nobody knows yet; ends at `target`. */
export async function signIn(
  page: Page,
  person: Person,
  mailbox: Mailbox,
  target: string | RegExp = /\/discover/,
): Promise<void> {
  await page.getByLabel('Email address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const code = page.getByLabel('Code from the mail')
  await Promise.race([code.waitFor(), page.waitForURL(target)])
  if (await code.isVisible()) {
    const mail = await mailbox.mailTo(person.email, /code/i)
    await code.fill(/\b\d{6}\b/.exec(mail.text)?.[0] ?? '')
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  await page.waitForURL(target)
}

/** What a member does on another device: ends every session that a browser holds. */
export async function endBrowsers(api: Api, { token }: Person): Promise<void> {
  const { data } = await expecting(200, api('/api/v1/auth/sessions', { token }))
  const browsers = data.filter((session: { mode: string }) => session.mode === 'cookie')
  for (const { id } of browsers)
    await expecting(204, api(`/api/v1/auth/sessions/${id}`, { method: 'DELETE', token }))
}

/** Pays for the plan that shows who likes a member, as the payment page would. */
export async function subscribe(api: Api, { token }: Person): Promise<void> {
  const body = { plan: 'signature' }
  const { url } = await expecting(201, api('/api/v1/billing/checkout', { token, body }))
  await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome: 'paid' }), redirect: 'manual' })
  await eventually(
    () => expecting(200, api('/api/v1/matches/likes-received', { token })),
    ({ revealed }) => revealed,
  )
}
