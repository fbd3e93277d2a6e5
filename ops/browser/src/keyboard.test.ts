/** Everything by the keyboard alone: where the focus goes, and that it is nowhere held. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import type { Person } from '@accord/e2e/person'
import type { Locator, Page } from 'playwright-core'
import { desktop, openWorld, type World } from './world.ts'

let world: World
let mara: Person
let page: Page
let conversationId: string
beforeAll(async () => {
  world = await openWorld()
  const pair = await world.pair('Stockholm')
  ;({ mara, conversationId } = pair)
  for (const name of ['Emil', 'Paul']) await world.member('him', name, 'Stockholm')
  await eventually(
    () => expecting(200, world.api('/api/v1/matches/deck', { token: mara.token })),
    ({ data }) => data.length === 2,
  )
  page = await world.open(desktop)
}, 120_000)
afterAll(() => world.close(), 30_000)

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })

test('signs in', async () => {
  await page.goto('/sign-in')
  await heading(/./).waitFor()
  await tabTo(page.getByLabel('Email address'))
  await page.keyboard.type(mara.email)
  await tabTo(page.getByLabel('Password', { exact: true }))
  await page.keyboard.type(mara.password)
  await page.keyboard.press('Enter')
  await isFocused(page.getByLabel('Code from the mail'))
  const mail = await world.mailbox.mailTo(mara.email, /code/i)
  await page.keyboard.type(/\b\d{6}\b/.exec(mail.text)?.[0] ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL('/discover')
  await isFocused(heading('Discover'))
})

test('passes, takes the pass back, and likes', async () => {
  const like = page.getByRole('button', { name: /^Like / })
  await like.waitFor()
  const first = await like.getAttribute('aria-label')
  const isInFront = (label: string | null) =>
    eventually(
      () => like.getAttribute('aria-label'),
      (now) => now === label,
    )
  const [other] = ['Like Emil', 'Like Paul'].filter((label) => label !== first)
  await page.keyboard.press('ArrowLeft')
  await isInFront(other ?? '')
  await page.keyboard.press('u')
  await isInFront(first)
  await page.keyboard.press('ArrowRight')
  await isInFront(other ?? '')
  // By the buttons as well.
  await tabTo(page.getByRole('button', { name: /^Pass on / }))
  await page.keyboard.press('Space')
  await page.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
  await isFocused(heading('Discover'))
})

test('goes from screen to screen, each with the focus on its heading', async () => {
  for (const name of ['Matches', 'Messages', 'Profile', 'Notifications', 'Settings', 'Discover']) {
    await tabTo(
      page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name }),
      'Shift+Tab',
    )
    await page.keyboard.press('Enter')
    await isFocused(heading(name))
  }
})

test('opens a conversation, writes and sends', async () => {
  await page.goto('/messages')
  await isFocused(heading('Messages'))
  await tabTo(page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: /Jonas/ }))
  await page.keyboard.press('Enter')
  await isFocused(page.getByRole('textbox', { name: 'Message to Jonas' }))
  await page.keyboard.type('Written by hand.')
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('Written by hand.').waitFor()
  await isFocused(page.getByRole('textbox', { name: 'Message to Jonas' }))
})

test('opens what can be done about a person, stays in it, and is where it was after Escape', async () => {
  const menu = page.getByRole('button', { name: 'Block or report Jonas' })
  for (const path of [`/messages/${conversationId}`, '/matches']) {
    await page.goto(path)
    await menu.waitFor()
    await tabTo(menu, 'Shift+Tab')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'You and Jonas' })
    await isFocused(dialog.getByRole('heading', { name: 'You and Jonas' }))
    for (const _ of Array.from({ length: 8 })) {
      await page.keyboard.press('Tab')
      expect(
        await page.evaluate(() => document.activeElement?.closest('main, nav, dialog')?.localName ?? 'none'),
      ).toMatch(/dialog|none/)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await isFocused(menu)
  }
  await page.keyboard.press('Enter')
  await tabTo(page.getByRole('button', { name: 'Report Jonas', exact: true }))
  await page.keyboard.press('Enter')
  await isFocused(page.getByRole('heading', { name: 'Report Jonas' }))
  await page.keyboard.press('Escape')
  await isFocused(menu)
})

describe('the focus', () => {
  test('can skip the navigation', async () => {
    await page.goto('/matches')
    await page.waitForLoadState('networkidle')
    await isFocused(heading('Matches'))
    await tabTo(page.getByRole('link', { name: 'Skip to the content' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
    await heading('Matches').waitFor()
  })

  for (const path of [
    '/discover',
    '/matches',
    '/messages/:conversation',
    '/profile/edit',
    '/profile/preferences',
    '/settings',
    '/settings/security',
  ]) {
    test(`goes all the way round on ${path}`, async () => {
      await page.goto(path.replace(':conversation', conversationId))
      await heading(/./).first().waitFor()
      await page.waitForLoadState('networkidle')
      const skip = page.getByRole('link', { name: 'Skip to the content' })
      for (const key of ['Tab', 'Shift+Tab'] as const) {
        await tabTo(skip, key)
        // From the first to the last, or on from it.
        await page.keyboard.press(key)
      }
    })
  }
})

test('nothing moves for who asks for less motion', async () => {
  const calm = await world.open({
    ...desktop,
    reducedMotion: 'reduce',
    storageState: await page.context().storageState(),
    serviceWorkers: 'block',
  })
  const moving = () =>
    calm.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => {
          const { duration = 0, iterations = 1 } = effect?.getTiming() ?? {}
          return playState === 'running' && (Number(duration) > 1 || iterations === Number.POSITIVE_INFINITY)
        })
        .map(
          (animation) => `${animation.constructor.name} ${(animation as CSSAnimation).animationName ?? ''}`,
        ),
    )
  for (const path of ['/discover', '/matches', '/profile/preferences']) {
    const answers = Promise.withResolvers<void>()
    await calm.route('**/api/**', async (route) => {
      await answers.promise
      await route.continue()
    })
    await calm.goto(path)
    await calm.locator('main [aria-busy="true"]').first().waitFor()
    expect({ path, moving: await moving() }).toEqual({ path, moving: [] })
    answers.resolve()
    await calm.waitForLoadState('networkidle')
    expect({ path, moving: await moving() }).toEqual({ path, moving: [] })
    await calm.unroute('**/api/**')
  }
  await calm.goto('/matches')
  await calm.getByRole('button', { name: 'Block or report Jonas' }).click()
  await calm.getByRole('dialog').waitFor()
  expect(await moving()).toEqual([])
})

/** As often as it takes, but not for ever. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key)
    if (await hasFocus(target)) return
  }
  throw new Error(`80 times ${key} did not lead to ${target}`)
}

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement)

async function isFocused(target: Locator): Promise<void> {
  await target.waitFor()
  await eventually(() => hasFocus(target), Boolean, 5_000)
}
