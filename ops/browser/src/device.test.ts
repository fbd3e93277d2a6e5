/** What stays on a device, what leaves it, and what it can do without a network. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventually } from '@accord/e2e/api'
import type { Person } from '@accord/e2e/person'
import type { Page } from 'playwright-core'
import { aboutTheMachine, watch } from './watch.ts'
import { desktop, endBrowsers, openWorld, signIn, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

const secret = 'between the two of us only'

describe('nothing of a member stays on the device', () => {
  test('after signing out', async () => {
    const { page, second, conversationId } = await readSomething()
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL('/')
    await second.waitForURL(/\/(sign-in.*)?$/)
    await expectNothingLeft(page)
    await page.goBack()
    await page.waitForURL(/\/(sign-in.*)?$/)
    expect(await page.content()).not.toContain(secret)
    // Where pages were scrolled to is written down whenever one is left.
    await page.reload()
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }))
    expect(kept).toContain('scroll')
    expect(kept).not.toContain(conversationId)
  })

  test('after the session was ended from elsewhere, at once and in every tab', async () => {
    const { page, second, mara } = await readSomething()
    await endBrowsers(world.api, mara)
    await Promise.all([page.waitForURL(/\/sign-in/), second.waitForURL(/\/sign-in/)])
    await expectNothingLeft(page)
    expect(await page.content()).not.toContain(secret)
  })

  test('after somebody else has signed in where the session had run out, in every tab', async () => {
    const { page, second } = await readSomething()
    await runOut(second)
    await page.getByRole('heading', { name: 'Please sign in again' }).waitFor()
    await signIn(second, await world.member('him', 'Emil'), world.mailbox, '/discover')
    await page.waitForURL('/discover')
    await expectOthersOnly(page)
  })

  test('after somebody else has signed in on a page of its own, where the session had run out', async () => {
    const { page, second } = await readSomething()
    await runOut(page)
    await second.goto('/sign-in')
    await signIn(second, await world.member('him', 'Emil'), world.mailbox, '/discover')
    await page.waitForURL('/discover')
    await expectOthersOnly(page)
  })

  test('of whoever the platform says that it is not, though no tab has told', async () => {
    const { page } = await readSomething()
    const emil = await world.signedIn(await world.member('him', 'Emil'), desktop)
    const cookies = await emil.context().cookies()
    await page.context().addCookies(cookies)
    await page.reload()
    await page.waitForURL('/discover')
    await expectOthersOnly(page)
  })

  /** As after weeks: the cookies of the session are gone, and a tab finds out. */
  async function runOut(page: Page): Promise<void> {
    await page.context().clearCookies({ name: /at|rt/ })
    await page.reload()
    await page.getByRole('heading', { name: 'Please sign in again' }).waitFor()
  }

  async function expectOthersOnly(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'Profile' }).click()
    await page.getByText('Emil').first().waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(await page.evaluate(storedTexts, secret)).toBe(false)
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('draft')
  }

  async function readSomething(): Promise<{
    page: Page
    second: Page
    mara: Person
    conversationId: string
  }> {
    const { mara, jonas, conversationId } = await world.pair()
    // So long that it has to be scrolled.
    await world.say(jonas, conversationId, `${secret}${'\nand so on'.repeat(60)}`)
    const page = await world.signedIn(mara, desktop)
    await page.goto(`/messages/${conversationId}`)
    await page.getByText(secret).last().waitFor()
    await page.getByRole('textbox').last().fill('a draft that nobody may find')
    const second = await page.context().newPage()
    await second.goto('/profile')
    await second.getByRole('heading', { level: 1 }).waitFor()
    // What is kept is written a moment after it was read.
    await eventually(() => page.evaluate(storedTexts, secret), Boolean)
    return { page, second, mara, conversationId }
  }
})

test('only our own origin is ever asked, and nothing is refused by our own policy', async () => {
  const page = await world.open(desktop)
  const { foreign, complaints } = watch(page)
  const mara = await world.member('her')
  await page.goto('/')
  await page.goto('/sign-in')
  await world.signedIn(mara).then((signedIn) => signedIn.context().close())
  for (const path of ['/register', '/forgot', '/design']) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
  }
  expect(foreign).toEqual([])
  expect(complaints.filter((text) => !aboutTheMachine.test(text))).toEqual([])
})

test('tokens are out of reach of scripts', async () => {
  const page = await world.signedIn(await world.member('her'))
  const readable = await page.evaluate(
    () => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }),
  )
  expect(readable).not.toMatch(/eyJ|__Host-at|__Secure-rt/)
  const cookies = await page.context().cookies()
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, secure: true })
  expect(cookies.length).toBeGreaterThan(1)
})

test('a deep link is remembered over the sign-in', async () => {
  const mara = await world.member('her')
  const page = await world.open(desktop)
  await page.goto('/settings/privacy')
  await page.waitForURL(/\/sign-in\?next=/)
  await signIn(page, mara, world.mailbox, '/settings/privacy')
  await page.getByRole('heading', { level: 1 }).waitFor()
})

test('the app opens without a network, and leaves the platform’s own addresses alone', async () => {
  const page = await world.open(desktop)
  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await page.reload()
  await page.context().setOffline(true)
  await page.goto('/register')
  await page.getByRole('heading', { level: 1 }).waitFor()
  for (const path of ['/docs', '/openapi.json', '/media/none']) {
    await expect(page.goto(path)).rejects.toThrow('ERR_INTERNET_DISCONNECTED')
  }
})

async function expectNothingLeft(page: Page): Promise<void> {
  const isEmpty = () =>
    page.evaluate(async () => {
      const open = (name: string) =>
        new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open(name)
          request.onsuccess = () => resolve(request.result)
        })
      const count = async (name: string) => {
        const database = await open(name)
        const stores = [...database.objectStoreNames]
        const counts = await Promise.all(
          stores.map(
            (store) =>
              new Promise<number>((resolve) => {
                const request = database.transaction(store).objectStore(store).count()
                request.onsuccess = () => resolve(request.result)
              }),
          ),
        )
        database.close()
        return counts.reduce((sum, one) => sum + one, 0)
      }
      const databases = (await indexedDB.databases())
        .map(({ name }) => name ?? '')
        .filter((name) => !/workbox/.test(name))
      const rows = (await Promise.all(databases.map(count))).reduce((sum, one) => sum + one, 0)
      const names = [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) =>
        name.startsWith('accord.'),
      )
      const allowed = new Set(['accord.theme', 'accord.locale'])
      return rows === 0 && names.every((name) => allowed.has(name))
    })
  await eventually(isEmpty, Boolean)
  // What is written behind our back a moment later would be found here.
  await page.reload()
  expect(await isEmpty()).toBe(true)
  const cached = await page.evaluate(async () => {
    const urls = await Promise.all(
      (await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname),
      ),
    )
    return urls.flat().filter((path) => /^\/(api|media)/.test(path))
  })
  expect(cached).toEqual([])
}

/** Whether a text stands in what the page keeps on the device. Runs in the page. */
async function storedTexts(text: string): Promise<boolean> {
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name ?? '')
      request.onsuccess = () => resolve(request.result)
    })
    for (const store of database.objectStoreNames) {
      const values = await new Promise<unknown[]>((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => resolve(request.result)
      })
      if (JSON.stringify(values).includes(text)) return true
    }
    database.close()
  }
  return false
}
