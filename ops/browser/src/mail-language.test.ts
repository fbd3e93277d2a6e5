/** Mails speak the language of the screens. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import { desktop, openWorld, phone, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('who registers in German gets German mails', async () => {
  const page = await world.open({ ...phone, locale: 'de-DE' })
  const email = `ida.${crypto.randomUUID().slice(0, 8)}@example.org`
  const next = () => page.getByRole('button', { name: 'Weiter' }).click()
  await page.goto('/register')
  await page.getByText('Companion', { exact: true }).click()
  await next()
  await page.getByLabel('Name').fill('Ida')
  await page.getByLabel('Tag').fill('15')
  await page.getByLabel('Monat').selectOption('Juni')
  await page.getByLabel('Jahr').fill('1992')
  await next()
  await page.getByLabel('E-Mail-Adresse').fill(email)
  await page.getByLabel('Passwort', { exact: true }).fill('ein langer und ruhiger Satz')
  await next()
  const consents = page.getByRole('checkbox')
  // The last one is up to them.
  await consents.nth(3).waitFor()
  for (const each of [0, 1, 2]) await consents.nth(each).check()
  await page.getByRole('button', { name: 'Konto anlegen' }).click()
  const mail = await world.mailbox.mailTo(email, /Bestätige deine E-Mail-Adresse/)
  expect(mail.text).toStartWith('Hallo,\n')
  expect(mail.text).toContain('danke, dass du zu Accord kommst')
  expect(mail.html).toContain('lang="de"')
})

test('another language in the settings is the language of the mails from then on', async () => {
  const mara = await world.member('her')
  const page = await world.signedIn(mara, desktop)
  await page.goto('/settings')
  await page.getByText('Deutsch', { exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor()
  await languageOfMails(mara.token, 'de')
  await page.getByText('العربية', { exact: true }).click()
  await languageOfMails(mara.token, 'ar')
  await expecting(202, world.api('/api/v1/auth/password/forgot', { body: { email: mara.email } }))
  const mail = await world.mailbox.mailTo(mara.email, /كلمة مرور/)
  expect(mail.html).toContain('dir="rtl"')
})

test('on a device that shows another language, the settings say which one the mails have, and change it', async () => {
  const mara = await world.member('her')
  const page = await world.signedIn(mara, desktop)
  await page.evaluate(() => localStorage.setItem('accord.locale', 'de'))
  await page.goto('/settings')
  await page.getByText('Deine E-Mails kommen auf Englisch.').waitFor()
  const change = page.getByRole('button', { name: 'Auf Deutsch bekommen' })
  await page.context().setOffline(true)
  await change.click()
  await page.getByText('Die Sprache deiner E-Mails bleibt, wie sie war.').waitFor()
  await page.context().setOffline(false)
  await change.click()
  await change.waitFor({ state: 'detached' })
  const focused = page.getByRole('radio', { name: 'Deutsch' })
  expect(await focused.evaluate((element) => element === document.activeElement)).toBe(true)
  await languageOfMails(mara.token, 'de')
})

async function languageOfMails(token: string, locale: string): Promise<void> {
  await eventually(
    () => world.api('/api/v1/users/profile', { token }),
    ({ body }) => body.locale === locale,
  )
}
