/** One's own photos: their order, and uploads that break off or cannot be. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import { type Person, portrait } from '@accord/e2e/person'
import type { Page } from 'playwright-core'
import { choosePhotos, picture } from './pictures.ts'
import { desktop, openWorld, phone, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('photos are put into another order by keys and by dragging, and stay in it', async () => {
  const mara = await world.member('her')
  const page = await openPhotos(mara, desktop)
  await choosePhotos(page, 'Add photos', [await picture(), await picture()])
  for (const position of [1, 2]) {
    await page
      .getByRole('dialog', { name: `Choose the part to show (${position} of 2)` })
      .getByRole('button', { name: 'Use this part' })
      .click()
  }
  await page.getByRole('img', { name: 'Your photo 3 of 3' }).waitFor()
  const [first, second, third] = await photoIds(mara)

  const handle = page.getByRole('button', { name: 'Move: Your photo 3 of 3' })
  await handle.press('Space')
  await page.getByText('Lifted the photo at place 3 of 3.').waitFor()
  await handle.press('ArrowLeft')
  await page.getByText('Now at place 2 of 3.').waitFor()
  await page.keyboard.press('Space')
  await stay(page, mara, [first, third, second])

  await drag(page, 'Your photo 1 of 3', 'Your photo 3 of 3')
  await stay(page, mara, [third, second, first])
})

test('without dragging, a photo’s menu makes it the main one', async () => {
  const mara = await world.member('her')
  await expecting(
    201,
    world.api('/api/v1/users/profile/photos', {
      token: mara.token,
      raw: { bytes: await portrait(), type: 'image/jpeg' },
    }),
  )
  const page = await openPhotos(mara, phone, 2)
  const [first, second] = await photoIds(mara)
  await page.getByRole('button', { name: 'Options: Your photo 2 of 2' }).click()
  await page.getByRole('button', { name: 'Make it the main photo' }).click()
  await stay(page, mara, [second, first])
})

test('a photo whose answer was lost is said not to have arrived, and another try makes no second one', async () => {
  const mara = await world.member('her')
  const page = await openPhotos(mara, phone)
  const mend = await loseAnswers(page)
  await choosePhotos(page, 'Add photos', [await picture()])
  await page.getByRole('button', { name: 'Use this part' }).click()
  await page.getByText('There was no connection. The photo is kept here').waitFor()
  const arrived = await eventually(
    () => photoIds(mara),
    ({ length }) => length === 2,
  )
  await mend()
  await page.getByRole('button', { name: 'Try again with this photo' }).click()
  await page.getByRole('img', { name: 'Your photo 2 of 2' }).waitFor()
  await page.reload()
  await page.getByRole('img', { name: 'Your photo 2 of 2' }).waitFor()
  expect(await photoIds(mara)).toEqual(arrived)
})

test('a photo that never left is kept, and sent by another try', async () => {
  const mara = await world.member('her')
  const page = await openPhotos(mara, desktop)
  await page.route(photosPath, (route) => route.abort('connectionfailed'))
  await choosePhotos(page, 'Add photos', [await picture()])
  await page.getByRole('button', { name: 'Use this part' }).click()
  await page.getByText('There was no connection. The photo is kept here').waitFor()
  expect(await photoIds(mara)).toHaveLength(1)
  await page.unroute(photosPath)
  await page.getByRole('button', { name: 'Try again with this photo' }).click()
  await page.getByRole('img', { name: 'Your photo 2 of 2' }).waitFor()
  expect(await photoIds(mara)).toHaveLength(2)
})

test('files that cannot be photos are refused in a sentence each, and the others go on', async () => {
  const mara = await world.member('her')
  const page = await openPhotos(mara, phone)
  await choosePhotos(page, 'Add photos', [
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') },
    { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture either') },
    { name: 'huge.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(12 * 1024 * 1024 + 1) },
    await picture(),
  ])
  await page.getByRole('button', { name: 'Use this part' }).click()
  await page.getByRole('img', { name: 'Your photo 2 of 2' }).waitFor()
  for (const sentence of [
    'notes.txt is not a JPEG, PNG, WebP or AVIF image. Please choose another file.',
    'broken.jpg cannot be read as an image. Please choose another file.',
    'huge.jpg is larger than 12 MB. Please choose a smaller file.',
  ])
    expect(await page.getByText(sentence, { exact: true }).isVisible()).toBe(true)
  expect(await photoIds(mara)).toHaveLength(2)
})

const photosPath = '**/api/v1/users/profile/photos'

async function openPhotos(person: Person, device: typeof phone | typeof desktop, count = 1): Promise<Page> {
  const page = await world.signedIn(person, device)
  await page.goto('/profile/photos')
  await page.getByRole('img', { name: `Your photo 1 of ${count}` }).waitFor()
  return page
}

/** The platform takes the photos, but the line breaks before it can say so. Returns what mends the line. */
async function loseAnswers(page: Page): Promise<() => Promise<void>> {
  const network = await page.context().newCDPSession(page)
  network.on('Fetch.requestPaused', ({ requestId }) =>
    network.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' }),
  )
  await network.send('Fetch.enable', { patterns: [{ urlPattern: photosPath, requestStage: 'Response' }] })
  return () => network.detach()
}

/** With the mouse, as a person does: not in one leap. */
async function drag(page: Page, from: string, to: string): Promise<void> {
  const [start, end] = await Promise.all(
    [from, to].map((name) => page.getByRole('img', { name }).boundingBox()),
  )
  if (!start || !end) throw new Error('The photos are not on the screen.')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 3)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 3, { steps: 12 })
  await page.mouse.up()
}

/** The order on the screen and on the platform, now and after a reload. */
async function stay(page: Page, person: Person, order: (string | undefined)[]): Promise<void> {
  const wanted = JSON.stringify(order)
  const shown = () =>
    page.locator('[data-photo]').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-photo')))
  await eventually(
    () => photoIds(person),
    (ids) => JSON.stringify(ids) === wanted,
  )
  await eventually(shown, (ids) => JSON.stringify(ids) === wanted)
  await page.reload()
  // At first as the device has it, which may be a moment older.
  await eventually(shown, (ids) => JSON.stringify(ids) === wanted)
}

async function photoIds({ token }: Person): Promise<string[]> {
  const { photos } = await expecting(200, world.api('/api/v1/users/profile', { token }))
  return photos.map(({ id }: { id: string }) => id)
}
