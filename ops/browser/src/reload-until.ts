import { eventually } from '@accord/e2e/api'
import type { Locator, Page } from 'playwright-core'

/** For what the platform hears of by event: it may come a moment later. */
export async function reloadUntil(page: Page, shown: Locator): Promise<void> {
  await eventually(async () => {
    await page.waitForLoadState('networkidle')
    if (await shown.isVisible()) return true
    await page.reload()
    return false
  }, Boolean)
}
