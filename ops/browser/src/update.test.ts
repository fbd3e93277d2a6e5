/** A new version of the app while somebody uses the old one. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
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
  await tab.goto('/profile')
  const take = page.getByRole('button', { name: 'Use it now' })
  await take.waitFor()
  await page.getByText('A new version of Accord is ready.').waitFor()
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(start)
  expect(await field.inputValue()).toBe('Half a sentence')
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
