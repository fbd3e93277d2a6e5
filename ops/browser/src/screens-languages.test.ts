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
