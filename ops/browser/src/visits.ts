import type { Person } from '@accord/e2e/person'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { World } from './world.ts'

export interface Visits {
  /** Signed in, with nothing loaded before. */
  open(options: BrowserContextOptions): Promise<Page>
  leave(page: Page): Promise<void>
}

/** A member who signs in once and visits again and again, with the cookies as they were left: a refresh token is used once. */
export async function visitsOf(world: World, member: Person): Promise<Visits> {
  let storage: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>
  const leave = async (page: Page) => {
    storage = await page.context().storageState()
    await page.context().close()
  }
  await leave(await world.signedIn(member))
  return { open: (options) => world.open({ ...options, storageState: storage }), leave }
}
