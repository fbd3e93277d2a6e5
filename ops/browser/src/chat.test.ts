/** Conversations that begin, without a network, in several tabs, and when the session runs out. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import { SQL } from 'bun'
import { desktop, openWorld, signIn, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('a conversation stands in a list that is open, however late after the match it begins', async () => {
  const [mara, jonas] = await Promise.all([world.member('her', 'Mara'), world.member('him', 'Jonas')])
  const page = await world.open(desktop)
  const live = Promise.withResolvers<void>()
  page.on('websocket', (socket) => socket.on('framereceived', () => live.resolve()))
  await page.goto('/messages')
  await signIn(page, jonas, world.mailbox, '/messages')
  await page.getByRole('heading', { name: 'No conversations yet' }).waitFor()
  await live.promise

  await using database = new SQL(world.stack.postgres.chat as string, { max: 1 })
  await database.begin(async (transaction) => {
    // As chat does before it closes what one of them has open: it opens nothing beside that.
    await transaction`select pg_advisory_xact_lock(hashtextextended(${`member:${jonas.id}`}, 0))`
    await world.like(mara, jonas)
    await world.like(jonas, mara)
    await page.getByRole('button', { name: 'Write', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: 'Mara' }).count()).toBe(0)
  })
  await page.getByRole('link', { name: 'Mara' }).first().waitFor()
})

describe('what happens while a screen is loaded for the first time is on it', () => {
  test('a message', async () => {
    const { mara, jonas, conversationId } = await world.pair()
    const { page, hears, late } = await slowly(`**/${conversationId}/messages?*`)
    await page.goto(`/messages/${conversationId}`)
    await signIn(page, mara, world.mailbox, `/messages/${conversationId}`)
    await Promise.all([late.asked, hears('"ready"')])
    const words = 'Said in between.'
    await world.say(jonas, conversationId, words)
    await hears(words)
    late.answer()
    await page.getByRole('log').getByText(words).waitFor()
  })

  test('a message from before the page could hear of it', async () => {
    const { mara, jonas, conversationId } = await world.pair()
    const { page, hears, late, live } = await slowly(`**/${conversationId}/messages?*`)
    live.hold()
    await page.goto(`/messages/${conversationId}`)
    await signIn(page, mara, world.mailbox, `/messages/${conversationId}`)
    await late.asked
    const words = 'Said before.'
    await world.say(jonas, conversationId, words)
    live.release()
    await hears('"ready"')
    late.answer()
    await page.getByRole('log').getByText(words).waitFor()
  })

  test('an own message that was stored meanwhile', async () => {
    const { mara, conversationId } = await world.pair()
    const { page, live, late } = await slowly(`**/${conversationId}/messages?*`)
    live.hold()
    await page.goto(`/messages/${conversationId}`)
    await signIn(page, mara, world.mailbox, `/messages/${conversationId}`)
    await late.asked
    const stored = page.waitForResponse(
      (each) => each.url().endsWith('/messages') && each.request().method() === 'POST',
    )
    await page.getByRole('textbox').fill('Written early.')
    await page.getByRole('button', { name: 'Send' }).click()
    await stored
    late.answer()
    await page.getByRole('log').getByText('Written early.').waitFor({ timeout: 10_000 })
  })

  test('a conversation', async () => {
    const [mara, jonas] = await Promise.all([world.member('her', 'Mara'), world.member('him', 'Jonas')])
    const { page, hears, late } = await slowly('**/api/v1/conversations?*')
    await page.goto('/messages')
    await signIn(page, jonas, world.mailbox, '/messages')
    await Promise.all([late.asked, hears('"ready"')])
    await world.like(mara, jonas)
    await world.like(jonas, mara)
    await hears('"conversation.opened"')
    late.answer()
    await page.getByRole('link', { name: 'Mara' }).first().waitFor()
  })

  /** A page whose answers to these requests, and whose live connection, come no sooner than they may. */
  async function slowly(pattern: string) {
    const page = await world.open({ ...desktop, serviceWorkers: 'block' })
    const asked = Promise.withResolvers<void>()
    const mayBeAnswered = Promise.withResolvers<void>()
    const once = { times: 1 }
    await page.route(
      pattern,
      async (route) => {
        const response = await route.fetch()
        asked.resolve()
        await mayBeAnswered.promise
        await route.fulfill({ response })
      },
      once,
    )
    const heard: string[] = []
    let mayConnect = Promise.withResolvers<void>()
    mayConnect.resolve()
    await page.routeWebSocket('**/api/v1/live', async (socket) => {
      await mayConnect.promise
      const platform = socket.connectToServer()
      socket.onMessage((frame) => platform.send(frame))
      platform.onMessage((frame) => {
        heard.push(`${frame}`)
        socket.send(frame)
      })
    })
    const live = {
      hold: () => {
        mayConnect = Promise.withResolvers()
      },
      release: () => mayConnect.resolve(),
    }
    const hears = (what: string) =>
      eventually(
        async () => heard.some((frame) => frame.includes(what)),
        (isHeard) => isHeard,
      )
    return { page, hears, live, late: { asked: asked.promise, answer: mayBeAnswered.resolve } }
  }
})

test('a message is the same on the screen from when it is written: what is on it stays there', async () => {
  const { mara, conversationId } = await world.pair()
  const page = await world.signedIn(mara, desktop)
  await page.goto(`/messages/${conversationId}`)
  await page.getByRole('log').waitFor()
  await page.context().setOffline(true)
  await page.getByRole('textbox').fill('Step by step.')
  await page.getByRole('button', { name: 'Send' }).click()
  const row = page.getByRole('article').filter({ hasText: 'Step by step.' })
  await row.getByText('Waiting for a connection').waitFor()
  await row.focus()
  await page.context().setOffline(false)
  await row.getByText('Sent', { exact: true }).waitFor()
  expect(await row.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('what was written without a network goes out on return, exactly once, also from three tabs', async () => {
  const { mara, jonas, conversationId } = await world.pair()
  const page = await world.signedIn(mara, desktop)
  await page.goto(`/messages/${conversationId}`)
  await page.getByRole('textbox').waitFor()
  const tabs = await Promise.all([1, 2].map(() => page.context().newPage()))
  for (const tab of tabs) {
    await tab.goto(`/messages/${conversationId}`)
    await tab.getByRole('textbox').waitFor()
  }
  await page.context().setOffline(true)
  await page.getByRole('textbox').fill('Written on the train.')
  await page.getByRole('button', { name: /send/i }).click()
  await page.getByText('Written on the train.').last().waitFor()
  await page.context().setOffline(false)
  const history = () =>
    expecting(200, world.api(`/api/v1/conversations/${conversationId}/messages`, { token: jonas.token }))
  const sent = await eventually(history, ({ data }) => data.length > 0)
  expect(sent.data.map((message: { text: string }) => message.text)).toEqual(['Written on the train.'])
  for (const tab of tabs) await tab.getByText('Written on the train.').last().waitFor()
  expect((await history()).data).toHaveLength(1)
})

test('a session that runs out while somebody types loses nothing of it', async () => {
  const { mara, conversationId } = await world.pair()
  const page = await world.signedIn(mara, desktop)
  await page.goto(`/messages/${conversationId}`)
  await page.getByRole('textbox').fill('Half a sentence')
  const second = await page.context().newPage()
  await second.goto(`/messages/${conversationId}`)
  await second.getByRole('textbox').fill('Another half')
  await page.context().clearCookies({ name: /at|rt/ })
  // The socket comes back, and nobody's cookies with it.
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: 'Please sign in again' }).waitFor()
  await second.getByRole('heading', { name: 'Please sign in again' }).waitFor()
  for (const [tab, text] of [
    [page, 'Half a sentence'],
    [second, 'Another half'],
  ] as const)
    expect(await tab.getByText(text).last().isVisible()).toBe(false)
  await page.getByLabel('Email address').fill(mara.email)
  await page.getByLabel('Password', { exact: true }).fill(mara.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('Half a sentence').last().waitFor()
  await second.getByText('Another half').last().waitFor()
})
