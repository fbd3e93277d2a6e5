/** Blocking, reporting and ending a match. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import type { Page } from 'playwright-core'
import { loseTwoAnswers } from './lose-answers.ts'
import { reloadUntil } from './reload-until.ts'
import { desktop, openWorld, phone, subscribe, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

describe('block and report', () => {
  test('are two taps away wherever a person appears, and say before what they do', async () => {
    const city = 'Lisbon'
    const { mara, jonas, conversationId } = await world.pair(city)
    const [emil] = [await world.member('him', 'Emil', city), await subscribe(world.api, mara)]
    await world.like(emil, mara)
    const page = await world.signedIn(mara, phone)
    await reloadUntil(page, page.getByRole('button', { name: 'Like Emil' }))
    const places = [
      { path: '/discover', name: 'Emil' },
      { path: '/matches', name: 'Emil' },
      { path: `/members/${emil.id}`, name: 'Emil' },
      { path: '/matches', name: 'Jonas' },
      { path: `/members/${jonas.id}`, name: 'Jonas' },
      { path: '/messages', name: 'Jonas' },
      { path: `/messages/${conversationId}`, name: 'Jonas' },
      { path: '/notifications', name: 'Jonas' },
    ]
    for (const { path, name } of places) {
      await page.goto(path)
      await page.getByRole('button', { name: `Block or report ${name}` }).click()
      const dialog = page.getByRole('dialog', { name: `You and ${name}` })
      const saying = { block: 'You no longer see each other anywhere', report: 'Our moderators look at' }
      for (const [action, words] of [
        [`Block ${name}`, saying.block],
        [`Report ${name}`, saying.report],
      ] as const) {
        const button = dialog.getByRole('button', { name: action })
        await button.waitFor()
        const told = await button.evaluate((element) => {
          const id = element.getAttribute('aria-describedby')
          return id && document.getElementById(id)?.textContent
        })
        expect(told).toContain(words)
        await dialog.getByText(words).waitFor()
      }
      await dialog.getByRole('button', { name: 'Close' }).click()
    }
  })
})

test('the dialog about a person stays when the row that it was opened from moves, or goes', async () => {
  const { mara, jonas, conversationId } = await world.pair()
  const emil = await world.member('him', 'Emil')
  await world.like(emil, mara)
  const { match } = await world.like(mara, emil)
  const page = await world.signedIn(mara, phone)
  await page.goto('/messages')
  const first = page.getByRole('listitem').filter({ hasText: 'Emil' }).first()
  await first.getByRole('button', { name: 'Block or report Emil' }).click()
  const dialog = page.getByRole('dialog', { name: 'You and Emil' })
  const isModal = () => dialog.evaluate((element) => element.matches(':modal'))
  await dialog.waitFor()

  await world.say(jonas, conversationId, 'Up to the top.')
  await page.getByText('Up to the top.').waitFor()
  expect(await isModal()).toBe(true)

  await expecting(204, world.api(`/api/v1/matches/${match.id}`, { method: 'DELETE', token: emil.token }))
  await first.waitFor({ state: 'detached' })
  expect(await isModal()).toBe(true)
})

describe('after a block', () => {
  test('two who were matched are gone from each other’s screens, open ones too, until it is taken back', async () => {
    // Where nobody else of their names lives.
    const { mara, jonas, conversationId } = await world.pair('Dublin')
    const words = 'Between the two of us.'
    await world.say(jonas, conversationId, words)
    const hers = await world.signedIn(mara, phone)
    const his = await world.signedIn(jonas, desktop)
    await isTold(hers, 'Jonas')
    await isTold(his, 'Mara')
    await his.goto(`/messages/${conversationId}`)
    await his.getByRole('log').getByText(words).waitFor()

    await hers.goto(`/messages/${conversationId}`)
    await hers.getByRole('button', { name: 'Block or report Jonas' }).click()
    await hers.getByRole('button', { name: 'Block Jonas' }).click()
    await hers.getByText('Jonas is blocked. You can change that in the settings.').waitFor()
    await his.getByRole('heading', { name: 'This conversation is closed' }).last().waitFor()
    expect(await his.getByText(words).count()).toBe(0)

    for (const [page, name] of [
      [his, 'Mara'],
      [hers, 'Jonas'],
    ] as const) {
      // By the navigation first, which loads nothing again that is there; then from the beginning.
      for (const place of ['Messages', 'Matches', 'Discover']) {
        await page.getByRole('link', { name: place }).first().click()
        await page.locator('[aria-current=page]', { hasText: place }).waitFor()
        await isGone(page, name)
      }
      for (const address of ['/messages', '/matches', '/discover', '/notifications']) {
        await page.goto(address)
        await isGone(page, name)
      }
    }
    await his.goto(`/members/${mara.id}`)
    await his.getByRole('heading', { name: 'This profile is not there' }).waitFor()

    await hers.goto('/settings/blocked')
    await hers.getByRole('button', { name: 'Unblock Jonas' }).click()
    const dialog = hers.getByRole('dialog', { name: 'Unblock Jonas?' })
    await dialog.getByText('You may appear to each other again.').waitFor()
    await dialog.getByRole('button', { name: 'Unblock', exact: true }).click()
    await hers.getByRole('heading', { name: 'You have blocked nobody' }).waitFor()
    await his.reload()
    await his.getByRole('heading', { name: /^Mara, \d+/ }).waitFor()
  })

  test('a conversation is gone from the list that it was blocked in, which is read on from its beginning', async () => {
    const { mara } = await world.pair()
    const page = await world.signedIn(mara, phone)
    await page.goto('/messages')
    await page.getByRole('button', { name: 'Block or report Jonas' }).click()
    await page.getByRole('button', { name: 'Block Jonas' }).click()
    await page.getByRole('heading', { name: 'No conversations yet' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Messages')
  })

  test('somebody who liked is gone from the likes and from both decks', async () => {
    const city = 'Athens'
    const [mara, emil] = [await world.member('her', 'Mara', city), await world.member('him', 'Emil', city)]
    await subscribe(world.api, mara)
    await world.like(emil, mara)
    const hers = await world.signedIn(mara, phone)
    await reloadUntil(hers, hers.getByRole('button', { name: 'Like Emil' }))
    await hers.getByRole('link', { name: 'Matches' }).click()
    await hers.getByRole('button', { name: 'Block or report Emil' }).click()
    await hers.getByRole('button', { name: 'Block Emil' }).click()
    await hers.getByText('Nobody is waiting for your answer right now.').waitFor()
    await hers.getByRole('link', { name: 'Discover', exact: true }).click()
    await hers.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
    await hers.goto('/matches')
    await hers.getByText('Nobody is waiting for your answer right now.').waitFor()
    const his = await world.signedIn(emil, phone)
    await his.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
  })
})

test('a report keeps what was typed when it does not arrive, and is sent once for each try', async () => {
  const { mara, jonas } = await world.pair()
  const page = await world.signedIn(mara, { ...phone, serviceWorkers: 'block' })
  const losing = await loseTwoAnswers(page, '**/api/v1/users/*/report')
  await page.goto(`/members/${jonas.id}`)
  const open = async () => {
    await page.getByRole('button', { name: 'Block or report Jonas' }).click()
    await page.getByRole('button', { name: 'Report Jonas', exact: true }).click()
  }
  await open()
  const dialog = page.getByRole('dialog', { name: 'Report Jonas' })
  const details = dialog.getByLabel('What happened')
  const reason = dialog.getByRole('radio', { name: 'Asks for money or deceives' })
  const send = dialog.getByRole('button', { name: 'Send the report' })
  await dialog.getByText('Asks for money or deceives').click()
  await details.fill('He asked for money.')
  for (const tries of [1, 2]) {
    await send.click()
    await eventually(
      async () => losing.asked(),
      (asked) => asked === tries,
    )
    await dialog.getByRole('alert').waitFor()
    expect(await details.inputValue()).toBe('He asked for money.')
    expect(await reason.isChecked()).toBe(true)
  }
  await dialog.getByRole('button', { name: 'Close' }).click()
  await open()
  expect(await details.inputValue()).toBe('He asked for money.')
  await dialog.getByText('Asks for money or deceives').click()
  await send.click()
  await page.getByText('Thank you. Our moderators will look at it.').waitFor()
  expect(losing.asked()).toBe(3)
})

test('a match that is ended is gone for both at once, and nobody is blocked', async () => {
  const { mara, jonas } = await world.pair()
  const hers = await world.signedIn(mara, phone)
  const his = await world.signedIn(jonas, desktop)
  for (const page of [hers, his]) await page.goto('/matches')
  await his.getByRole('link', { name: 'Profile of Mara' }).waitFor()
  await hers.getByRole('button', { name: 'Block or report Jonas' }).click()
  await hers.getByRole('button', { name: 'End the match' }).click()
  const dialog = hers.getByRole('dialog', { name: 'End the match with Jonas?' })
  await dialog.getByText('end for both of you, and for good').waitFor()
  await dialog.getByRole('button', { name: 'End the match' }).click()
  await hers.getByText('Your match with Jonas has ended.').waitFor()
  for (const page of [hers, his]) {
    await page.getByRole('heading', { name: 'No matches yet' }).waitFor()
    await page.goto('/messages')
    await page.getByRole('heading', { name: 'No conversations yet' }).waitFor()
  }
  await hers.goto('/settings/blocked')
  await hers.getByRole('heading', { name: 'You have blocked nobody' }).waitFor()
})

/** Notifications follow by event, and show when they come. */
async function isTold(page: Page, name: string): Promise<void> {
  await page.goto('/notifications')
  await page.getByRole('link', { name: `You and ${name} like each other.` }).waitFor()
}

/** What follows by event goes without loading anything again. */
async function isGone(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await eventually(
    () => page.getByRole('main').getByText(name).count(),
    (count) => count === 0,
  )
}
