/** Going back and forward, and loading a screen again. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually } from '@accord/e2e/api'
import type { Locator, Page } from 'playwright-core'
import { openWorld, type World } from './world.ts'

/** So low that every screen has something below its end. */
const low = { viewport: { width: 1000, height: 420 } } as const

let world: World
let page: Page
let places: Record<string, string>
beforeAll(async () => {
  world = await openWorld()
  const { mara, jonas, conversationId } = await world.pair()
  await world.member('him', 'Emil')
  for (let line = 1; line <= 40; line += 1) {
    await world.say(jonas, conversationId, `Line ${line} of what I have to say.`)
  }
  page = await world.signedIn(mara, { ...low, serviceWorkers: 'block' })
  places = { ':conversation': conversationId, ':other': jonas.id }
}, 120_000)
afterAll(() => world.close(), 30_000)

test('back and forward show each screen at once, where it was left', async () => {
  const log = page.getByRole('log')
  const profile = page.getByRole('link', { name: 'Profile of Jonas' })
  const ofWindow = () => page.evaluate(() => scrollY)
  const ofLog = () => log.evaluate((element) => element.scrollTop)
  const visited: { shown: Locator; scrolled(): Promise<number>; place: number }[] = []
  const scrollAndGo = async (shown: Locator, byPx: number, next: Locator, scrolled = ofWindow) => {
    await shown.first().waitFor()
    await page.mouse.move(600, 200)
    await page.waitForLoadState('networkidle')
    const before = await scrolled()
    await eventually(async () => {
      // Once more where it came while the screen was still finding its own place.
      if ((await scrolled()) === before) await page.mouse.wheel(0, byPx)
      return (await scrolled()) !== before
    }, Boolean)
    await next.scrollIntoViewIfNeeded()
    const place = await scrolled()
    expect(place).toBeGreaterThan(0)
    visited.push({ shown, scrolled, place })
    await next.click()
  }
  await page.goto('/discover')
  await scrollAndGo(
    page.getByRole('button', { name: /^Like / }),
    90,
    page.getByRole('link', { name: 'Matches' }),
  )
  await scrollAndGo(profile, 120, profile)
  const jonas = page.getByRole('heading', { name: /^Jonas, \d+/ })
  await scrollAndGo(jonas, 60, page.getByRole('link', { name: 'Write to Jonas' }))
  await scrollAndGo(log, -700, page.getByRole('link', { name: 'Profile', exact: true }), ofLog)
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor()

  // Nothing is answered any more: what is shown was there.
  await page.route('**/api/**', () => {})
  const isAsItWas = async ({ shown, scrolled, place }: (typeof visited)[number]) => {
    await shown.first().waitFor()
    expect(await page.locator('main [aria-busy="true"]').count()).toBe(0)
    await eventually(scrolled, (now) => Math.abs(now - place) < 2)
  }
  for (const screen of visited.toReversed()) {
    await page.goBack()
    await isAsItWas(screen)
  }
  for (const screen of visited.slice(1)) {
    await page.goForward()
    await isAsItWas(screen)
  }
  await page.unroute('**/api/**')
})

test('a screen is where it was left also when everything around it is built anew', async () => {
  const scrolledTo = (place: number) =>
    eventually(
      () => page.evaluate(() => scrollY),
      (now) => Math.abs(now - place) < 2,
    )
  await page.goto('/settings')
  const terms = page.getByRole('main').getByRole('link', { name: 'Terms of use' })
  await terms.waitFor()
  await page.waitForLoadState('networkidle')
  await terms.scrollIntoViewIfNeeded()
  const place = await page.evaluate(() => scrollY)
  expect(place).toBeGreaterThan(100)
  await terms.click()
  await page.waitForURL('/terms')
  await page.goBack()
  await terms.waitFor()
  await scrolledTo(place)
  // Not to the end, which may be nearer while there is nothing but skeletons.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('scroll', resolve, { once: true })
        scrollTo(0, 100)
      }),
  )
  await page.reload()
  await terms.waitFor()
  await scrolledTo(100)
})

test('each screen is the same after it was loaded again', async () => {
  for (const path of inside) {
    const address = path.replace(/:\w+/, (place) => places[place] ?? place)
    await page.goto(address)
    const before = await headingOf(page)
    await page.reload()
    expect({ path, heading: await headingOf(page) }).toEqual({ path, heading: before })
    expect({ path, at: new URL(page.url()).pathname }).toEqual({ path, at: address })
    expect(before).not.toBe('There is no page here')
  }
})

/** Once everything has come: a name may stand where there was a word before. */
async function headingOf(page: Page): Promise<string | null> {
  await page.waitForLoadState('networkidle')
  return page.getByRole('heading', { level: 1 }).first().textContent()
}

const inside = [
  '/discover',
  '/matches',
  '/messages',
  '/messages/:conversation',
  '/members/:other',
  '/notifications',
  '/start',
  '/profile',
  '/profile/edit',
  '/profile/photos',
  '/profile/preferences',
  '/billing',
  '/billing/done',
  '/settings',
  '/settings/security',
  '/settings/privacy',
  '/settings/blocked',
]
