/** Conversations that begin, without a network, in several tabs, and when the session runs out. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import { SQL } from 'bun'
import { desktop, openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('a conversation stands in a list that is open, however late after the match it begins', async () => {
  const [mara, jonas] = await Promise.all([world.member('her', 'Mara'), world.member('him', 'Jonas')])
  const page = await world.signedIn(jonas, desktop)
  await page.goto('/messages')
  await page.getByRole('heading', { name: 'No conversations yet' }).waitFor()

  await using database = new SQL(world.stack.postgres.chat as string, { max: 1 })
  await database.begin(async (transaction) => {
    // Can be read, and nothing can be written: chat hears of the match, and cannot open its conversation.
    await transaction`lock table conversations in share row exclusive mode`
    await world.like(mara, jonas)
    await world.like(jonas, mara)
    await page.getByRole('button', { name: 'Write', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: 'Mara' }).count()).toBe(0)
  })
  await page.getByRole('link', { name: 'Mara' }).first().waitFor()
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
  await page.context().clearCookies({ name: /at|rt/ })
  // The socket comes back, and nobody's cookies with it.
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: 'Please sign in again' }).waitFor()
  expect(await page.getByText('Half a sentence').last().isVisible()).toBe(false)
  await page.getByLabel('Email address').fill(mara.email)
  await page.getByLabel('Password', { exact: true }).fill(mara.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const code = page.getByLabel('Code from the mail')
  await code.or(page.getByText('Half a sentence').last()).first().waitFor()
  if (await code.isVisible()) {
    const mail = await world.mailbox.mailTo(mara.email, /code/i)
    await code.fill(/\b\d{6}\b/.exec(mail.text)?.[0] ?? '')
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  await page.getByText('Half a sentence').last().waitFor()
})
