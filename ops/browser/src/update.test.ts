/** A new version of the app while somebody uses the old one. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { type Between, openBetween } from './between.ts'
import { desktop, openWorld, type World } from './world.ts'

let world: World
let between: Between
let another = false
beforeAll(async () => {
  world = await openWorld()
  between = await openBetween(async (path, text) =>
    path === '/sw.js' && another ? `${await text()}\n// another version` : null,
  )
}, 60_000)
afterAll(async () => {
  await world.close()
  between.close()
}, 30_000)

test('a new version is offered, not forced, and taking it keeps what was typed', async () => {
  const { mara, conversationId } = await world.pair()
  const page = await world.signedIn(mara, { ...desktop, proxy: between.proxy })
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await page.goto(`/messages/${conversationId}`)
  const field = page.getByRole('textbox')
  await field.fill('Half a sentence')
  const start = await page.evaluate(() => performance.timeOrigin)

  another = true
  // A further tab finds it; the one that somebody types in stays as it is.
  const tab = await page.context().newPage()
  await tab.goto('/settings')
  const take = page.getByRole('button', { name: 'Use it now' })
  await take.waitFor()
  await page.getByText('A new version of Accord is ready.').waitFor()
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(start)
  expect(await field.inputValue()).toBe('Half a sentence')
  await sayOtherThings(tab)
  // On a further tab it is put aside, which decides nothing for the others.
  await tab.getByRole('button', { name: 'Not now' }).click()
  await tab.getByRole('button', { name: 'Use it now' }).waitFor({ state: 'detached' })

  await take.click()
  await page.waitForFunction((before) => performance.timeOrigin !== before, start)
  await field.waitFor()
  expect(await field.inputValue()).toBe('Half a sentence')
  const worker = await page.evaluate(async () => {
    const { waiting, active } = (await navigator.serviceWorker.getRegistration()) ?? {}
    return { waiting: waiting ?? null, active: active?.state }
  })
  expect(worker).toEqual({ waiting: null, active: 'activated' })
})

/** Three passing notes, and another language and back: the offer is still made, and once. */
async function sayOtherThings(page: Page): Promise<void> {
  const offers = page.getByRole('status').getByRole('button', { name: /^(Use it now|Jetzt verwenden)$/ })
  await offers.waitFor()
  await page.route('**/api/v1/notifications/preferences', (route) => route.fulfill({ status: 503 }))
  for (const name of ['New matches', 'New messages', 'Your plan and payments'])
    await page.getByText(name, { exact: true }).click()
  await page.getByText('This could not be changed').nth(2).waitFor()
  expect(await offers.count()).toBe(1)
  for (const [name, title] of [
    ['Deutsch', 'Einstellungen'],
    ['English', 'Settings'],
  ] as const) {
    await page.getByText(name, { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    expect(await offers.count()).toBe(1)
  }
  await page.unroute('**/api/v1/notifications/preferences')
}
