/** Two people go the whole way in two browsers, from the first page to a block. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually } from '@accord/e2e/api'
import type { Page } from 'playwright-core'
import { newPassword, register } from './register.ts'
import { desktop, openWorld, phone, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('a visitor registers in steps, confirms by mail and signs in', async () => {
  const page = await world.open(phone)
  const email = `ada.${crypto.randomUUID().slice(0, 8)}@example.org`
  await page.goto('/')
  await page.getByRole('link', { name: 'Create an account' }).first().click()
  await register(page, email)

  const mail = await world.mailbox.mailTo(email, /confirm/i)
  const link = new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? '')
  await page.goto(link.pathname + link.search)
  await page.getByRole('button', { name: 'Confirm my address' }).click()
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(newPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/discover/)
  await page.getByRole('heading', { name: 'First, a little about you' }).waitFor()
})

test('two people like each other, talk live, and one blocks the other', async () => {
  const [nora, jonas] = await Promise.all([world.member('her', 'Nora'), world.member('him')])
  await world.like(nora, jonas)
  const hers = await world.signedIn(nora, phone)
  const his = await world.signedIn(jonas, desktop)
  await passUntil(his, 'Nora')
  await his.getByRole('button', { name: 'Like Nora' }).click()
  await his.getByRole('heading', { name: /You and Nora like each other/ }).waitFor()
  await his.getByRole('link', { name: /Write to Nora/ }).click()
  await his.waitForURL(/\/messages\/con_/)
  await his.getByRole('textbox').fill('Good evening.')
  await his.getByRole('button', { name: /send/i }).click()

  await hers.goto(new URL(his.url()).pathname)
  await hers.getByText('Good evening.').last().waitFor()
  await hers.getByRole('textbox').fill('And to you.')
  await hers.getByRole('button', { name: /send/i }).click()
  await his.getByText('And to you.').last().waitFor()

  await hers.goto(`/members/${jonas.id}`)
  await hers.getByRole('button', { name: 'Block or report Jonas' }).click()
  await hers.getByRole('button', { name: 'Block Jonas' }).click()
  await eventually(
    () => world.api(`/api/v1/users/${nora.id}`, { token: jonas.token }),
    ({ status }) => status === 404,
  )
  await his.goto('/messages')
  await his.getByRole('heading', { name: 'No conversations yet' }).waitFor()
  expect(await his.getByText('And to you.').count()).toBe(0)
})

/** Others may stand before her; and the projection hears of a profile by event, so she may come a moment later. */
async function passUntil(page: Page, name: string): Promise<void> {
  const like = page.getByRole('button', { name: /^Like / })
  const nobody = page.getByRole('heading', { name: 'You have seen everybody' })
  await eventually(
    async () => {
      await like.or(nobody).first().waitFor()
      const inFront = (await like.isVisible()) ? await like.first().getAttribute('aria-label') : null
      if (inFront === `Like ${name}`) return true
      if (inFront === null) await page.reload()
      else await page.getByRole('button', { name: inFront.replace('Like', 'Pass on'), exact: true }).click()
      return false
    },
    Boolean,
    40_000,
  )
}
