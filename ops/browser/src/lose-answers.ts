import type { Page } from 'playwright-core'

/**
 * A first write of this kind is refused before it arrives, a second one is answered, but the answer is lost. Others
 * go their way.
 */
export async function loseTwoAnswers(page: Page, path: string): Promise<{ asked(): number }> {
  let asked = 0
  await page.route(path, async (route) => {
    if (route.request().method() === 'GET') return route.fallback()
    asked += 1
    if (asked === 2) await route.fetch()
    await (asked > 2 ? route.fallback() : route.fulfill({ status: 503 }))
  })
  return { asked: () => asked }
}
