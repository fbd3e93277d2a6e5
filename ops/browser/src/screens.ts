import { afterAll, beforeAll, describe, test } from 'bun:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { lookAt } from './look.ts'
import { type Visits, visitsOf } from './visits.ts'
import { watch } from './watch.ts'
import { openWorld, type World } from './world.ts'

const outside = {
  welcome: '/',
  register: '/register',
  'sign-in': '/sign-in',
  forgot: '/forgot',
  confirm: '/confirm?token=none',
  reset: '/reset?token=none',
  terms: '/terms',
  privacy: '/privacy',
  'not-found': '/nowhere',
}
const inside = {
  discover: '/discover',
  matches: '/matches',
  messages: '/messages',
  conversation: '/messages/:conversation',
  member: '/members/:other',
  notifications: '/notifications',
  start: '/start',
  profile: '/profile',
  'profile-edit': '/profile/edit',
  'profile-photos': '/profile/photos',
  'profile-preferences': '/profile/preferences',
  billing: '/billing',
  settings: '/settings',
  'settings-security': '/settings/security',
  'settings-privacy': '/settings/privacy',
  'settings-blocked': '/settings/blocked',
}

let world: World
let places: Record<string, string>
let visits: Visits

/** Tests that photograph every screen in each of these views, and look at it. */
export function testScreens(views: Record<string, BrowserContextOptions>): void {
  beforeAll(async () => {
    world = await openWorld()
    const { mara, jonas, conversationId } = await world.pair()
    // Somebody else for the deck.
    await world.member('him', 'Emil')
    places = { ':conversation': conversationId, ':other': jonas.id }
    for (const [from, text] of [
      [jonas, 'Good evening, Mara.'],
      [mara, 'Good evening. I have just come in from the lake.'],
      [jonas, 'I liked what you wrote about long walks. Where do you like to go?'],
    ] as const) {
      await world.say(from, conversationId, text)
    }
    visits = await visitsOf(world, mara)
  }, 120_000)
  afterAll(() => world.close(), 30_000)

  for (const [view, options] of Object.entries(views)) {
    describe(`on ${view}`, () => {
      test('a visitor’s screens are whole, and axe finds nothing', async () => {
        const page = await world.open(options)
        await visit(outside, view, page)
        await page.context().close()
      })
      test('a member’s screens are whole, and axe finds nothing', async () => {
        await asMember(options, (page) => visit(inside, view, page))
      })
    })
  }
}

/** A page of the member whose screens are tested. */
export async function asMember(
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await visits.open(options)
  try {
    await use(page)
  } finally {
    await visits.leave(page)
  }
}

async function visit(screens: Record<string, string>, view: string, page: Page): Promise<void> {
  const watched = watch(page)
  for (const [name, path] of Object.entries(screens)) {
    await page.goto(path.replace(/:\w+/g, (place) => places[place] ?? place))
    await lookAt(page, `${name}-${view}`, watched)
  }
}
