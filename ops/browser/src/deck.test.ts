/** The deck: every way to decide, taking back, and what is said when people or likes run out. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import type { Person } from '@accord/e2e/person'
import type { Page } from 'playwright-core'
import { openWorld, phone, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('buttons, keys and swipes decide the same', async () => {
  const { viewer, others } = await people(6, 'Madrid')
  const page = await deckOf(viewer, 6)
  const decided: Record<string, 'like' | 'pass'> = {}
  const ways: [choice: 'like' | 'pass', decide: (name: string) => Promise<void>][] = [
    ['like', (name) => page.getByRole('button', { name: `Like ${name}` }).click()],
    ['pass', (name) => page.getByRole('button', { name: `Pass on ${name}` }).click()],
    ['like', () => page.keyboard.press('ArrowRight')],
    ['pass', () => page.keyboard.press('ArrowLeft')],
    ['like', () => swipe(page, 200)],
    ['pass', () => swipe(page, -200)],
  ]
  for (const [choice, decide] of ways) {
    const name = await inFront(page)
    decided[name] = choice
    await decide(name)
    await page.getByRole('button', { name: `Like ${name}` }).waitFor({ state: 'detached' })
  }
  await page.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
  for (const [name, person] of Object.entries(others)) {
    const likes = () => expecting(200, world.api('/api/v1/matches/likes-received', { token: person.token }))
    const { count } = await eventually(likes, ({ count }) => count === 1 || decided[name] === 'pass')
    expect({ name, count }).toEqual({ name, count: decided[name] === 'like' ? 1 : 0 })
  }
  const left = await eventually(
    () => deckFor(viewer),
    ({ data }) => data.length === 0,
  )
  expect(left.likesLeft).toBe(17)
})

test('a card that is let go too early stays, and nothing is decided', async () => {
  const { viewer } = await people(1, 'Warsaw')
  const page = await deckOf(viewer, 1)
  const name = await inFront(page)
  await swipe(page, 30)
  await page.getByRole('button', { name: `Like ${name}` }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(await deckFor(viewer)).toMatchObject({ data: [{ member: { displayName: name } }], likesLeft: 20 })
})

test('the last pass can be taken back, also when it was the last card, and a like cannot', async () => {
  const { viewer } = await people(2, 'Helsinki')
  const page = await deckOf(viewer, 2)
  const liked = await inFront(page)
  await page.getByRole('button', { name: `Like ${liked}` }).click()
  const back = page.getByRole('button', { name: 'Take back the last pass' })
  const passed = await inFront(page, liked)
  expect(await back.getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('button', { name: `Pass on ${passed}` }).click()
  await page.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
  await back.click()
  await page.getByRole('button', { name: `Like ${passed}` }).waitFor()
  expect(await deckFor(viewer)).toMatchObject({ data: [{ member: { displayName: passed } }], likesLeft: 19 })
  await page.getByRole('button', { name: `Like ${passed}` }).click()
  await page.getByText('18 likes left today').waitFor()
})

test('an empty deck says so, and leads to the preferences', async () => {
  const { viewer } = await people(0, 'Oslo')
  const page = await world.signedIn(viewer, phone)
  await page.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
  await page.getByText('Nobody else fits right now').waitFor()
  await page.getByRole('link', { name: 'Change preferences' }).click()
  await page.waitForURL('/profile/preferences')
})

test('likes are counted down, and after the last one the next is refused in plain words', async () => {
  const { viewer, others } = await people(21, 'Istanbul')
  for (const person of Object.values(others).slice(0, 18)) await world.like(viewer, person)
  const page = await deckOf(viewer, 3)
  for (const left of ['2 likes left today', '1 like left today']) {
    await page.getByText(left).waitFor()
    const name = await inFront(page)
    await page.getByRole('button', { name: `Like ${name}` }).click()
    await page.getByRole('button', { name: `Like ${name}` }).waitFor({ state: 'detached' })
  }
  await page.getByText('No likes left today.').waitFor()
  const last = await inFront(page)
  await page.getByRole('button', { name: `Like ${last}` }).click()
  const dialog = page.getByRole('dialog', { name: 'Today’s likes are given' })
  await dialog.getByText('This person stays in your deck until then, and you can go on passing.').waitFor()
  await dialog.getByRole('button', { name: 'Wait until then' }).click()
  await page.getByRole('button', { name: `Pass on ${last}` }).click()
  await page.getByRole('heading', { name: 'You have seen everybody' }).waitFor()
})

const names =
  'Adam Boris Carl David Emil Felix Georg Hugo Ivan Jakob Karl Leo Max Nils Otto Paul Quirin Ralf Sven Tom Ulf'.split(
    ' ',
  )

/** Somebody and as many who fit, in a city of their own. */
async function people(
  count: number,
  city: string,
): Promise<{ viewer: Person; others: Record<string, Person> }> {
  const viewer = await world.member('her', 'Mara', city)
  const others = await Promise.all(
    names.slice(0, count).map(async (name) => [name, await world.member('him', name, city)] as const),
  )
  return { viewer, others: Object.fromEntries(others) }
}

const deckFor = ({ token }: Person) => expecting(200, world.api('/api/v1/matches/deck', { token }))

/** On a phone, once the platform has heard of everybody. */
async function deckOf(viewer: Person, count: number): Promise<Page> {
  await eventually(
    () => deckFor(viewer),
    ({ data }) => data.length === count,
  )
  return world.signedIn(viewer, phone)
}

/** Who can be decided about; another than before, where that is known. */
async function inFront(page: Page, before?: string): Promise<string> {
  const name = async () => {
    const label = await page.getByRole('button', { name: /^Like / }).getAttribute('aria-label')
    return label?.replace('Like ', '') ?? ''
  }
  return eventually(name, (found) => found !== before)
}

/** A finger on the photo, moved sideways step by step. */
async function swipe(page: Page, byPx: number): Promise<void> {
  const box = await page.getByRole('region', { name: /^Photos of/ }).boundingBox()
  if (!box) throw new Error('There is no photo.')
  const touch = await page.context().newCDPSession(page)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', dx: number) =>
    touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: x + dx, y }],
    })
  await send('touchStart', 0)
  for (let step = 1; step <= 10; step += 1) await send('touchMove', (byPx * step) / 10)
  await send('touchEnd', byPx)
  await touch.detach()
}
