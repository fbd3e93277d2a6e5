/** One's own profile: filled in for the first time, and edited while the platform is away. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { expecting } from '@accord/e2e/api'
import { her, introduce, join, type Person } from '@accord/e2e/person'
import type { Page } from 'playwright-core'
import { choosePhotos, picture } from './pictures.ts'
import { desktop, openWorld, phone, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('people come up on an open screen once the profile is complete, wherever it was completed', async () => {
  const city = 'Gothenburg'
  const [mara] = await Promise.all([join(world.api, world.mailbox, her), world.member('him', 'Jonas', city)])
  const page = await world.signedIn(mara, desktop)
  await page.getByRole('heading', { name: 'First, a little about you' }).waitFor()
  await introduce(world.api, mara, { ...her, city })
  await page.getByRole('button', { name: 'Like Jonas' }).waitFor()
})

test('a new member fills in their profile, leaves a question for later, and sees people', async () => {
  const [mara] = await Promise.all([join(world.api, world.mailbox, her), world.member('him')])
  const page = await world.signedIn(mara, phone)
  await page.getByRole('link', { name: 'Go on with it' }).click()
  await step(page, 'Who are you?')
  await page.getByRole('button', { name: 'Later', exact: true }).click()

  await step(page, 'Where do you live?')
  await chooseCity(page, 'Zür', /^Zürich, /)
  await saveAndGoOn(page)

  await step(page, 'A photo of you')
  await choosePhotos(page, 'Choose a photo', [await picture()])
  await page.getByRole('group', { name: /^Part of the picture/ }).press('ArrowDown')
  await page.getByRole('button', { name: 'Use this part' }).click()
  await page.getByRole('img', { name: 'Your photo 1 of 1' }).waitFor()
  await page.getByRole('button', { name: 'Go on', exact: true }).click()

  await step(page, 'Whom would you like to meet?')
  await page.getByText('Men', { exact: true }).click()
  await page.getByText('Benefactor', { exact: true }).click()
  await saveAndGoOn(page)

  await step(page, 'In your own words')
  await page.getByLabel('Headline').fill('Here for a real conversation')
  await page.getByLabel('About me').fill('Long walks, short messages.')
  await page.reload()
  await step(page, 'In your own words')
  await saveAndGoOn(page)

  await step(page, 'Something to talk about')
  await page.getByRole('button', { name: 'Choose a question' }).click()
  await page.getByRole('button', { name: 'A perfect evening starts with' }).click()
  await page.getByLabel('Your answer: A perfect evening starts with').fill('a table by the window')
  await page.getByRole('button', { name: 'Save and see people' }).click()

  // What was left for later is still asked for, and nothing else.
  await page.getByRole('heading', { name: 'First, a little about you' }).waitFor()
  await page.getByRole('link', { name: 'Go on with it' }).click()
  await step(page, 'Who are you?')
  await page.getByText(/this is still missing: your gender\.$/).waitFor()
  await page.getByText('A woman', { exact: true }).click()
  await saveAndGoOn(page)
  await page.getByText('Nothing is missing: others can see you, and you can see them.').waitFor()
  await page.getByRole('link', { name: 'Step 6: Something to talk about' }).click()
  await step(page, 'Something to talk about')
  expect(await page.getByLabel('Your answer: A perfect evening starts with').inputValue()).toBe(
    'a table by the window',
  )
  await page.getByRole('button', { name: 'Save and see people' }).click()
  await page.getByRole('button', { name: /^Like / }).waitFor()

  const profile = await profileOf(mara)
  expect(profile).toMatchObject({
    gender: 'woman',
    city: { name: 'Zürich' },
    headline: 'Here for a real conversation',
    about: 'Long walks, short messages.',
    prompts: [{ question: 'A perfect evening starts with', answer: 'a table by the window' }],
    completeness: { missing: [] },
  })
  const [{ width, height }] = profile.photos
  expect(width / height).toBeCloseTo(4 / 5, 2)
})

test('what was typed outlives a platform that is away, a reload and other screens, and is then saved', async () => {
  const mara = await world.member('her')
  const page = await world.signedIn(mara, desktop)
  await page.goto('/profile/edit')
  const about = page.getByLabel('About me')
  const words = 'Rewritten on a quiet evening.'
  await about.fill(words)
  await page.route(profilePath, (route) =>
    route.request().method() === 'PATCH' ? route.fulfill(away) : route.continue(),
  )
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('This part cannot be reached at the moment. Nothing is lost').waitFor()
  expect(await about.inputValue()).toBe(words)

  await page.reload()
  await page.getByText('Your unsaved changes are still here.').waitFor()
  expect(await about.inputValue()).toBe(words)

  await page.getByRole('link', { name: 'Discover' }).click()
  await page.waitForURL('/discover')
  await page.goBack()
  await page.getByText('Your unsaved changes are still here.').waitFor()
  expect(await about.inputValue()).toBe(words)

  await page.unroute(profilePath)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  expect((await profileOf(mara)).about).toBe(words)
  await page.goto('/profile/edit')
  await about.waitFor()
  expect(await page.getByText('Your unsaved changes are still here.').count()).toBe(0)
})

const profilePath = '**/api/v1/users/profile'
/** As the gateway answers while a service is away. */
const away = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({ code: 'unavailable', status: 503 }),
}

/** A step of the first-run profile is on the screen. */
async function step(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

async function saveAndGoOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save and go on' }).click()
}

/** With the keyboard alone. */
async function chooseCity(page: Page, letters: string, chosen: RegExp): Promise<void> {
  const city = page.getByRole('combobox', { name: 'City' })
  await city.fill(letters)
  await page.getByRole('option').first().waitFor()
  await city.press('ArrowDown')
  await page.getByRole('option', { selected: true }).waitFor()
  await city.press('Enter')
  expect(await city.inputValue()).toMatch(chosen)
}

function profileOf({ token }: Person) {
  return expecting(200, world.api('/api/v1/users/profile', { token }))
}
