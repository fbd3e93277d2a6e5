/** Every screen in German, whose words are long, and in Arabic, which is written from the right. */
import { expect, test } from 'bun:test'
import { asMember, testScreens } from './screens.ts'
import { desktop, phone } from './world.ts'

testScreens({
  'phone-german': { ...phone, locale: 'de-DE' },
  'phone-arabic': { ...phone, locale: 'ar' },
  'desktop-arabic': { ...desktop, locale: 'ar' },
})

test('what is written from the right begins at the right', () =>
  asMember({ ...desktop, locale: 'ar' }, async (page) => {
    await page.goto('/messages')
    const navigation = await page.getByRole('navigation').first().boundingBox()
    const main = await page.getByRole('main').boundingBox()
    expect(navigation?.x).toBeGreaterThan(main?.x ?? 0)
  }))

test('a language tag that is none, as Chromium has on a system without a language, is read as far as it can be', () =>
  asMember(desktop, async (page) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'] })
    })
    await page.goto('/settings')
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  }))
