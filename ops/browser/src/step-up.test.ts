/** Who has just proved who they are is not asked again, though the session is being renewed meanwhile. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually } from '@accord/e2e/api'
import { makeSignInOld } from '@accord/e2e/old-sign-in'
import type { Page } from 'playwright-core'
import { type Between, openBetween } from './between.ts'
import { desktop, openWorld, type World } from './world.ts'

const access = '__Host-at'

let world: World
let between: Between
/** While set, answers to a renewal are on their way until it resolves. */
let delay: { begun: () => void; over: Promise<void> } | null = null
beforeAll(async () => {
  world = await openWorld()
  between = await openBetween(async (path) => {
    if (path === '/api/v1/auth/refresh' && delay) {
      delay.begun()
      await delay.over
    }
    return null
  })
}, 60_000)
afterAll(async () => {
  await world.close()
  between.close()
}, 30_000)

test('a renewal of another tab whose answer is late does not take back what the member has proved', async () => {
  const person = await world.member('her')
  const page = await world.signedIn(person, { ...desktop, proxy: between.proxy })
  const context = page.context()
  await makeSignInOld(world.stack, person.id)
  await context.clearCookies({ name: access })
  await page.goto('/settings/privacy')
  await page.getByRole('button', { name: 'Save my data' }).click()
  const dialog = page.getByRole('dialog', { name: 'Please confirm that it is you' })
  await dialog.getByLabel('Password', { exact: true }).fill(person.password)

  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  delay = { begun: begun.resolve, over: over.promise }
  const cookies = (await context.cookies()).filter(({ name }) => name === access)
  const second = await context.newPage()
  await context.clearCookies({ name: access })
  await second.goto('/profile')
  await begun.promise
  // As where the token ran out between the two: this tab asked while it was good.
  await context.addCookies(cookies)
  const confirmed = page
    .waitForResponse((response) => response.url().endsWith('/auth/step-up'))
    .then(() => true)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await Promise.race([confirmed, eventually(() => waitsItsTurn(page), Boolean)])
  delay = null
  over.resolve()
  await confirmed
  await second.getByRole('heading', { name: 'Mara' }).waitFor()
  await page.getByText('Your data is saved').waitFor()

  await page.reload()
  await page.getByRole('button', { name: 'Save my data' }).click()
  await page.getByText('Your data is saved').or(dialog).waitFor()
  expect(await dialog.isVisible()).toBe(false)
})

function waitsItsTurn(page: Page): Promise<boolean> {
  return page.evaluate(async () => ((await navigator.locks.query()).pending ?? []).length > 0)
}
