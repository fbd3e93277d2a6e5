import { eventually } from '@accord/e2e/api'
import type { Locator, Page } from 'playwright-core'

/** The platform hears of a new profile by event: it may come a moment later. */
export async function inDeck(page: Page, button: Locator): Promise<void> {
  await eventually(async () => {
    await page.waitForLoadState('networkidle')
    if (await button.isVisible()) return true
    await page.reload()
    return false
  }, Boolean)
}
