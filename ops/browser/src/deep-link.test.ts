/** A link that leads straight into a conversation. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually } from '@accord/e2e/api'
import { desktop, openWorld, phone, signIn, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('the conversation says at once whom it is with, also where the list does not reach it', async () => {
  const { jonas, conversationId } = await world.pair()
  const ines = await world.member('her', 'Ines')
  await world.like(ines, jonas)
  await world.like(jonas, ines)
  await eventually(
    () => world.api('/api/v1/conversations', { token: jonas.token }),
    ({ body }) => body.data.length === 2,
  )

  const page = await world.open(desktop)
  // The list as it is for somebody with many conversations: this one is further down than was ever loaded.
  await page.route('**/api/v1/conversations?*', (route) => {
    const url = new URL(route.request().url())
    url.searchParams.set('limit', '1')
    return route.continue({ url: url.href })
  })
  await page.goto('/sign-in')
  await signIn(page, jonas, world.mailbox)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`/messages/${conversationId}`)
  await page.getByRole('heading', { level: 1, name: 'Mara' }).waitFor()
  await page.getByRole('link', { name: 'Ines' }).first().waitFor()
  expect(asked).toContain(`/api/v1/conversations/${conversationId}`)
  expect(asked).not.toContain('/api/v1/matches')

  // A further match has it asked again, which fails: what is known stays.
  const address = `/api/v1/conversations/${conversationId}`
  const asks = () => asked.filter((path) => path === address).length
  const before = asks()
  await page.route(`**${address}`, (route) => route.fulfill({ status: 503 }))
  const lea = await world.member('her', 'Lea')
  await world.like(lea, jonas)
  await world.like(jonas, lea)
  await page.getByRole('link', { name: 'Lea' }).first().waitFor()
  await eventually(
    async () => asks(),
    (count) => count >= before + 3,
  )
  await page.getByRole('textbox').fill('Still there?')
  await page.getByRole('heading', { level: 1, name: 'Mara' }).waitFor()
  await page.getByRole('textbox', { name: 'Message to Mara' }).waitFor()
})

test('a link to a conversation that cannot be says so, and leads on', async () => {
  const page = await world.signedIn(await world.member('her'), phone)
  await page.goto('/messages/con_mistyped')
  await page.getByRole('heading', { level: 1, name: 'There is no such conversation' }).waitFor()
  await page.getByRole('link', { name: 'To the conversations' }).click()
  await page.waitForURL('/messages')
})
