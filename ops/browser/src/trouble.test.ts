/** What a member sees when the platform does not answer, answers late, or its answer is lost on the way. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import type { Person } from '@accord/e2e/person'
import type { Locator, Page } from 'playwright-core'
import { loseTwoAnswers } from './lose-answers.ts'
import { reloadUntil } from './reload-until.ts'
import { type Visits, visitsOf } from './visits.ts'
import { desktop, endBrowsers, openWorld, signIn, type World } from './world.ts'

const everyRequest = '**/api/**'
const words = 'Good evening, Mara.'

/** Each main screen, and what says that it is shown. */
const screens: Record<string, (page: Page) => Locator> = {
  '/discover': (page) => page.getByRole('button', { name: /^Like / }),
  '/matches': (page) => page.getByRole('link', { name: 'Profile of Jonas' }),
  '/messages': (page) => page.getByRole('list', { name: 'Conversations' }).getByText('Jonas'),
  '/messages/:conversation': (page) => page.getByRole('log').getByText(words),
  '/profile': (page) => page.getByText('Long walks, short messages.'),
  '/settings': (page) => page.getByText(mara.email),
}

let world: World
let mara: Person
let jonas: Person
let conversationId: string
let visits: Visits
beforeAll(async () => {
  world = await openWorld()
  ;({ mara, jonas, conversationId } = await world.pair())
  // Somebody else for the deck.
  await world.member('him', 'Emil')
  await world.say(jonas, conversationId, words)
  visits = await visitsOf(world, mara)
}, 120_000)
afterAll(() => world.close(), 30_000)

const visit = () => visits.open({ ...desktop, serviceWorkers: 'block' })
const fieldOf = (page: Page) => page.getByRole('textbox')
const rowOf = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })
async function send(page: Page, text: string): Promise<void> {
  await fieldOf(page).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}
const addressOf = (path: string) => path.replace(':conversation', conversationId)

describe('a platform that cannot be reached', () => {
  for (const [path, content] of Object.entries(screens)) {
    test(`is told plainly on ${path}, which shows when it is tried again`, async () => {
      const page = await visit()
      await page.route(everyRequest, (route) => route.fulfill({ status: 503 }))
      await page.goto(addressOf(path))
      const main = page.getByRole('main')
      const again = main.getByRole('button', { name: 'Try again' }).first()
      await again.waitFor()
      await main.getByText('cannot be reached at the moment').first().waitFor()
      await page.unroute(everyRequest)
      await eventually(async () => {
        // It may come back by itself in between.
        if (await again.isVisible()) await again.click({ timeout: 1000 }).catch(() => {})
        return (await content(page).first().isVisible()) && !(await again.isVisible())
      }, Boolean)
      await visits.leave(page)
    })
  }

  test('while the app starts keeps what is sent, and sends it once when it is back', async () => {
    const page = await visit()
    await page.route(everyRequest, (route) => route.fulfill({ status: 503 }))
    let away = true
    await page.routeWebSocket(/live/, (socket) => (away ? socket.close() : void socket.connectToServer()))
    await page.goto(`/messages/${conversationId}`)
    await page.getByRole('button', { name: 'Try again' }).first().waitFor()
    await send(page, 'Are you there?')
    await rowOf(page, 'Are you there?').getByText('Waiting for a connection').waitFor()
    expect(await fieldOf(page).inputValue()).toBe('')
    await page.reload()
    await rowOf(page, 'Are you there?').getByText('Waiting for a connection').waitFor()
    away = false
    await page.unroute(everyRequest)
    await rowOf(page, 'Are you there?').getByText('Sent', { exact: true }).waitFor()
    expect(await timesSaid('Are you there?')).toBe(1)
    await visits.leave(page)
  })
})

describe('a slow platform', () => {
  for (const [path, content] of Object.entries(screens)) {
    test(`has ${path} show the places of what is coming, and nothing jumps when it comes`, async () => {
      const page = await visit()
      await page.addInitScript(noteShifts)
      const answers = Promise.withResolvers<void>()
      await page.route(everyRequest, async (route) => {
        await answers.promise
        await route.continue()
      })
      await page.goto(addressOf(path))
      await page.getByRole('main').locator('[aria-busy="true"]').first().waitFor()
      expect(await page.getByRole('progressbar').count()).toBe(0)
      expect(await page.evaluate(turning)).toBe(false)
      answers.resolve()
      await content(page).first().waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([])
      await visits.leave(page)
    })
  }

  test('takes what is sent before it has answered anything, and it stays in sight', async () => {
    const page = await visit()
    const answers = Promise.withResolvers<void>()
    await page.route(everyRequest, async (route) => {
      await answers.promise
      await route.continue()
    })
    await page.goto(`/messages/${conversationId}`)
    await send(page, 'Sent at once.')
    // Over the live connection; what was said before is not there yet.
    const state = rowOf(page, 'Sent at once.').getByText('Sent', { exact: true })
    await state.waitFor()
    expect(await page.getByRole('log').count()).toBe(0)
    answers.resolve()
    await page.getByRole('log').getByText(words).waitFor()
    await state.waitFor()
    expect(await timesSaid('Sent at once.')).toBe(1)
    await visits.leave(page)
  })
})

describe('an answer that does not arrive', () => {
  test('has a message sent again by itself, and stored once', async () => {
    const page = await visit()
    // Without a socket it goes by request.
    await page.routeWebSocket(/live/, (socket) => socket.close())
    const losing = await loseTwoAnswers(page, '**/api/v1/conversations/*/messages')
    await page.goto(`/messages/${conversationId}`)
    await send(page, 'Only once.')
    await rowOf(page, 'Only once.').getByText('Sent', { exact: true }).waitFor()
    expect(losing.asked()).toBe(3)
    expect(await timesSaid('Only once.')).toBe(1)
    await visits.leave(page)
  })

  test('to a like brings the card back, and the like counts once', async () => {
    const city = 'Reykjavík'
    const nora = await world.member('her', 'Nora', city)
    await world.member('him', 'Emil', city)
    const page = await world.signedIn(nora, { ...desktop, serviceWorkers: 'block' })
    const like = page.getByRole('button', { name: 'Like Emil' })
    await reloadUntil(page, like)
    const losing = await loseTwoAnswers(page, '**/api/v1/matches/decisions')
    for (const tries of [1, 2]) {
      await like.click()
      await page
        .getByText('Emil is back in front of you; please decide again.')
        .nth(tries - 1)
        .waitFor()
    }
    await like.click()
    await page.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
    await eventually(
      async () => losing.asked(),
      (asked) => asked === 3,
    )
    const deck = await expecting(200, world.api('/api/v1/matches/deck', { token: nora.token }))
    expect(deck).toMatchObject({ data: [], likesLeft: 19 })
    await page.getByText('19 likes left today').waitFor()
  })

  test('to a saved profile leaves everything in the form, also over a reload', async () => {
    const page = await visit()
    const losing = await loseTwoAnswers(page, '**/api/v1/users/profile')
    await page.goto('/profile/edit')
    const field = page.getByLabel('Headline')
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await field.fill('Here for long talks')
    await save.click()
    await page.getByRole('alert').waitFor()
    expect(await field.inputValue()).toBe('Here for long talks')
    await page.reload()
    await field.waitFor()
    expect(await field.inputValue()).toBe('Here for long talks')
    for (const _ of [2, 3]) await save.click()
    await page.waitForURL('/profile')
    await page.getByText('Here for long talks').waitFor()
    expect(losing.asked()).toBe(3)
    await visits.leave(page)
  })
})

test('a session that was ended elsewhere while somebody types leads back, and nothing typed is left', async () => {
  const { mara: nora, conversationId: place } = await world.pair()
  const page = await world.signedIn(nora, desktop)
  await page.goto(`/messages/${place}`)
  const field = page.getByRole('textbox')
  await field.fill('Half a sentence')
  await endBrowsers(world.api, nora)
  await page.waitForURL(/\/sign-in\?next=/)
  await signIn(page, nora, world.mailbox, `/messages/${place}`)
  await page.getByRole('log').waitFor()
  expect(await field.inputValue()).toBe('')
})

/** Keeps what moved without having been asked to, in the page. */
function noteShifts(): void {
  const shifts: string[] = []
  Object.assign(window, { shifts })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      hadRecentInput: boolean
      sources: { node?: Node }[]
    })[]) {
      if (entry.hadRecentInput || entry.value < 0.01) continue
      const moved = entry.sources.map(({ node }) => (node as Element | undefined)?.outerHTML?.slice(0, 80))
      shifts.push(`${entry.value.toFixed(3)} ${moved.join(' | ')}`)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Whether anything goes round and round. Runs in the page. */
function turning(): boolean {
  return document
    .getAnimations()
    .some(({ effect }) =>
      (effect as KeyframeEffect)
        .getKeyframes()
        .some((frame) => 'rotate' in frame || /rotate/.test(String(frame.transform))),
    )
}

/** How often it is stored. */
async function timesSaid(text: string): Promise<number> {
  const path = `/api/v1/conversations/${conversationId}/messages`
  const { data } = await expecting(200, world.api(path, { token: mara.token }))
  return data.filter((message: { text: string }) => message.text === text).length
}
