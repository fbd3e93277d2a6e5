/** Every screen, on a phone and a desktop, light and dark: photographed for people, looked at by axe. */
import { test } from 'bun:test'
import { lookAt } from './look.ts'
import { asMember, testScreens } from './screens.ts'
import { watch } from './watch.ts'
import { desktop, phone } from './world.ts'

testScreens({ phone, desktop })

test('the page of all components is whole, and axe finds nothing', () =>
  asMember(desktop, async (page) => {
    const watched = watch(page)
    await page.goto('/design')
    await lookAt(page, 'design-desktop', watched, { whole: true })
  }))
