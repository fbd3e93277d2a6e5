/** An account: two-step sign-in, sessions, a forgotten password, choices that are kept, an address to be confirmed. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually } from '@accord/e2e/api'
import { linkParameter } from '@accord/e2e/mailbox'
import { her, join, type Person } from '@accord/e2e/person'
import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { register } from './register.ts'
import { desktop, openWorld, phone, signIn, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

/** Over the API and without a profile, which no test here needs. */
const someone = () => join(world.api, world.mailbox, her)

test('two-step sign-in is set up with the shown key, and a second device is asked for its code', async () => {
  const mara = await someone()
  const page = await world.signedIn(mara, desktop)
  const { secret, recoveryCodes } = await setUpTotp(page)
  expect(recoveryCodes.length).toBeGreaterThan(5)
  await page.getByText('It is on. New devices ask for a code from your app.').waitFor()
  await page.reload()
  await page.getByText('It is on. New devices ask for a code from your app.').waitFor()
  for (const code of recoveryCodes) expect(await page.content()).not.toContain(code)

  const other = await world.open(phone)
  await typeCredentials(other, mara)
  await answer(other, 'Code from the app', wrongCode)
  await other.getByText('This code is not right. Please check it and enter it again.').waitFor()
  // The code of this half minute was used up by the set-up.
  await answer(other, 'Code from the app', await generate({ secret, epoch: nowS() + 30 }))
  await other.waitForURL(/\/discover/)

  const third = await world.open(phone)
  await typeCredentials(third, mara)
  await third.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await answer(third, 'Recovery code', recoveryCodes[0] ?? '')
  await third.waitForURL(/\/discover/)
})

test('both devices are among the sessions, and signing out everywhere else ends the other at once', async () => {
  const mara = await someone()
  const here = await world.signedIn(mara, desktop)
  const there = await world.open({ ...phone, userAgent: androidPhone })
  const earlier = await world.mailbox.mailTo(mara.email, /code/i)
  await typeCredentials(there, mara)
  const mail = await eventually(
    () => world.mailbox.mailTo(mara.email, /code/i),
    ({ id }) => id !== earlier.id,
  )
  await answer(there, 'Code from the mail', /\b\d{6}\b/.exec(mail.text)?.[0] ?? '')
  await there.waitForURL(/\/discover/)
  await here.goto('/settings/security')
  const sessions = here
    .locator('section')
    .filter({ has: here.getByRole('heading', { name: 'Where you are signed in' }) })
  await sessions.getByText('Chrome on Android').waitFor()
  await sessions.getByText('This one', { exact: true }).waitFor()

  await here.getByRole('button', { name: 'Sign out everywhere else' }).click()
  const dialog = here.getByRole('dialog', { name: 'Sign out everywhere else' })
  await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await here.getByText('You are signed out everywhere else.').waitFor()
  await there.waitForURL(/\/sign-in/)
  await sessions.getByText('Chrome on Android').waitFor({ state: 'detached' })
  expect(await sessions.getByRole('listitem').count()).toBe(1)
  await here.reload()
  await sessions.getByText('This one', { exact: true }).waitFor()
})

test('a forgotten password is replaced by a mailed link, which works once', async () => {
  const mara = await someone()
  const page = await world.open(phone)
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  // Both screens have such a field.
  await page.getByRole('heading', { level: 1, name: 'A new password' }).waitFor()
  await page.getByLabel('Email address').fill(mara.email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByText(/a link is on its way there/).waitFor()

  const mail = await world.mailbox.mailTo(mara.email, /password/i)
  const link = `/reset?token=${linkParameter(mail, 'token')}`
  const renewed = { ...mara, password: 'another long and quiet sentence' }
  await page.goto(link)
  await page.getByLabel('New password', { exact: true }).fill(renewed.password)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('heading', { name: 'Your new password is set' }).waitFor()

  await typeCredentials(page, mara)
  await page.getByText('The address and the password do not belong together.').waitFor()
  await page.goto('/sign-in')
  await signIn(page, renewed, world.mailbox)

  const elsewhere = await world.open(desktop)
  await elsewhere.goto(link)
  await elsewhere.getByLabel('New password', { exact: true }).fill('a third long and quiet sentence')
  await elsewhere.getByRole('button', { name: 'Set the password' }).click()
  await elsewhere.getByRole('heading', { name: 'This link no longer works' }).waitFor()
})

test('what was agreed to is shown, and the choice about news is kept', async () => {
  const page = await world.signedIn(await someone(), phone)
  await page.goto('/settings/privacy')
  await page
    .getByText(/^Agreed on /)
    .nth(2)
    .waitFor()
  const news = page.getByRole('switch', { name: 'News by mail' })
  expect(await news.isChecked()).toBe(false)
  await Promise.all([
    page.waitForResponse((response) => /consents$/.test(response.url()) && response.ok()),
    page.getByText('News by mail', { exact: true }).click(),
  ])
  await page.reload()
  await page.getByText(/On since/).waitFor()
  expect(await news.isChecked()).toBe(true)
})

test('switches for mails that were changed one upon the other show what is stored, whichever of them failed', async () => {
  const mara = await someone()
  const page = await world.signedIn(mara, { ...desktop, serviceWorkers: 'block' })
  const path = '/api/v1/notifications/preferences'
  const names = ['New matches', 'New messages']
  const switches = names.map((name) => page.getByRole('switch', { name }))
  const shown = () => Promise.all(switches.map((each) => each.isChecked()))
  await page.goto('/settings')
  await switches[1]?.waitFor()
  const before = await shown()

  /** Switches both while nothing is answered; then each is stored or refused. */
  const switchBoth = async (...fates: ('stored' | 'refused')[]) => {
    const both = Promise.withResolvers<void>()
    let asked = 0
    await page.route(`**${path}`, async (route) => {
      if (route.request().method() !== 'PUT') return route.fallback()
      await both.promise
      await (fates[asked++] === 'stored' ? route.fallback() : route.fulfill({ status: 503 }))
    })
    for (const name of names) await page.getByText(name, { exact: true }).click()
    both.resolve()
    await eventually(
      async () => asked,
      (count) => count === 2,
    )
    await page.unrouteAll({ behavior: 'wait' })
  }
  const stored = async () => {
    const { body } = await world.api(path, { token: mara.token })
    return [body.mail.match, body.mail.message]
  }

  await switchBoth('refused', 'refused')
  await eventually(shown, (now) => now.join() === before.join())
  expect(await stored()).toEqual(before)

  await switchBoth('refused', 'stored')
  const after = before.map((each) => !each)
  await eventually(stored, (now) => now.join() === after.join())
  await eventually(shown, (now) => now.join() === after.join())
})

test('the language that was chosen is kept, and turns the page around where it is written so', async () => {
  const page = await world.signedIn(await someone(), desktop)
  await page.goto('/settings')
  for (const [name, title, direction] of [
    ['Deutsch', 'Einstellungen', 'ltr'],
    ['العربية', 'الإعدادات', 'rtl'],
  ] as const) {
    await page.getByText(name, { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(direction)
  }
})

test('before an address is confirmed, its mail can be sent again and another address be given', async () => {
  const page = await world.open(phone)
  await page.clock.install()
  const [mistyped, right] = [1, 2].map(() => `ada.${crypto.randomUUID().slice(0, 8)}@example.org`) as [
    string,
    string,
  ]
  await page.goto('/register')
  await register(page, mistyped)
  await page.getByText(mistyped).waitFor()
  const first = linkParameter(await world.mailbox.mailTo(mistyped, /confirm/i), 'token')
  // There is a pause between two mails.
  const again = page.getByRole('button', { name: /^Send a new link/ })
  expect(await again.isDisabled()).toBe(true)
  await page.clock.fastForward('01:01')
  await again.click()
  await page.getByText('It is on its way.').waitFor()
  await eventually(
    async () => linkParameter(await world.mailbox.mailTo(mistyped, /confirm/i), 'token'),
    (token) => token !== first,
  )

  await page.getByRole('button', { name: 'Change the address' }).click()
  await page.getByLabel('Email address').fill(right)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText(right).waitFor()
  const link = linkParameter(await world.mailbox.mailTo(right, /confirm/i), 'token')
  await page.goto(`/confirm?token=${link}`)
  await page.getByRole('button', { name: 'Confirm my address' }).click()
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
})

const wrongCode = '000000'
const androidPhone =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'
const nowS = () => Math.floor(Date.now() / 1000)

/** In the settings, with one wrong code on the way. */
async function setUpTotp(page: Page): Promise<{ secret: string; recoveryCodes: string[] }> {
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Set it up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up two-step sign-in' })
  await dialog.getByRole('img', { name: /^QR code/ }).waitFor()
  const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(/\s/g, '')
  const code = dialog.getByLabel('Code that the app shows')
  const confirm = dialog.getByRole('button', { name: 'Turn it on' })
  await code.fill(wrongCode)
  await confirm.click()
  await dialog.getByText('This code does not fit.').waitFor()
  await code.fill(await generate({ secret, epoch: nowS() }))
  await confirm.click()
  const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' })
  await codes.waitFor()
  const recoveryCodes = await codes.getByRole('listitem').allInnerTexts()
  await codes.getByRole('button', { name: 'I have kept them' }).click()
  return { secret, recoveryCodes }
}

async function typeCredentials(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function answer(page: Page, label: string, code: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
}
