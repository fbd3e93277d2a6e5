/** What opens, appears or fails on a screen, on a phone and a desktop, light and dark: photographed, looked at by axe. */
import { afterAll, beforeAll, describe, test } from 'bun:test'
import { type Person, portrait } from '@accord/e2e/person'
import type { Page } from 'playwright-core'
import { lookAt } from './look.ts'
import { type Visits, visitsOf } from './visits.ts'
import { watch } from './watch.ts'
import { desktop, openWorld, phone, type World } from './world.ts'

const views = { phone, desktop }
const city = 'Vienna'

let world: World
let mara: Person
let jonas: Person
let conversationId: string
let visits: Visits

beforeAll(async () => {
  world = await openWorld()
  // Where nobody else lives, so that the deck holds nobody else.
  ;({ mara, jonas, conversationId } = await world.pair(city))
  visits = await visitsOf(world, mara)
}, 120_000)
afterAll(() => world.close(), 30_000)

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first().click()

/** How each moment comes about, on a page where the member is signed in. The last three follow from each other. */
const moments: Record<string, (page: Page) => Promise<unknown>> = {
  async 'person-menu'(page) {
    await page.goto(`/members/${jonas.id}`)
    await press(page, 'Block or report Jonas')
  },
  async 'report-form'(page) {
    await moments['person-menu']?.(page)
    await press(page, 'Report Jonas')
    await press(page, 'Send the report')
  },
  async 'message-menu'(page) {
    await page.goto(`/messages/${conversationId}`)
    await page.getByRole('textbox').fill('Shall we meet by the lake?')
    await press(page, 'Send')
    const row = page.getByRole('article').filter({ hasText: 'Shall we meet by the lake?' }).last()
    await row.getByText('Sent', { exact: true }).waitFor()
    await row.getByText('Shall we meet by the lake?').click()
    await press(page, 'What to do with this message')
  },
  async 'no-connection'(page) {
    await page.goto(`/messages/${conversationId}`)
    await page.getByRole('log').waitFor()
    await page.context().setOffline(true)
    await page.getByRole('textbox').fill('Written without a connection.')
    await press(page, 'Send')
    await page.getByText('Waiting for a connection').waitFor()
  },
  async unreachable(page) {
    await page.route('**/api/v1/matches**', (route) => route.fulfill({ status: 503 }))
    await page.goto('/matches')
    await page.getByRole('button', { name: 'Try again' }).first().waitFor()
  },
  async 'photo-crop'(page) {
    await page.goto('/profile/photos')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'lake.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await portrait()) })
    await page.getByRole('dialog').waitFor()
  },
  async 'languages-dialog'(page) {
    await page.goto('/profile/edit')
    await press(page, 'Choose languages')
  },
  async 'totp-setup'(page) {
    await page.goto('/settings/security')
    await press(page, 'Set it up')
    await page.getByText('Or type this key into the app').waitFor()
  },
  async 'close-account'(page) {
    await page.goto('/settings/privacy')
    await press(page, 'Close my account')
  },
  async 'likes-received'(page) {
    const admirer = await world.member('him', 'Emil', city)
    await world.like(admirer, mara)
    await page.goto('/matches')
    await page
      .getByText(/likes? you$/)
      .last()
      .waitFor()
  },
  /** With who waits for an answer since the moment before. */
  async match(page) {
    await page.goto('/discover')
    await press(page, /^Like /)
    await page.getByRole('heading', { name: /like each other/ }).waitFor()
  },
  async 'nobody-left'(page) {
    await page.goto('/discover')
    await page.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
  },
}

for (const [view, options] of Object.entries(views)) {
  describe(`on a ${view}`, () => {
    for (const [name, comeAbout] of Object.entries(moments)) {
      test(`${name.replaceAll('-', ' ')} is whole, and axe finds nothing`, async () => {
        const page = await visits.open({ ...options, serviceWorkers: 'block' })
        const watched = watch(page)
        try {
          await comeAbout(page)
          await lookAt(page, `${name}-${view}`, watched)
        } finally {
          await page.context().setOffline(false)
          await visits.leave(page)
        }
      })
    }
  })
}
