/** A plan: chosen, paid on the payment service's page and ended there; and nothing changed for who turns back. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventually, expecting } from '@accord/e2e/api'
import type { Person } from '@accord/e2e/person'
import type { Page } from 'playwright-core'
import { reloadUntil } from './reload-until.ts'
import { desktop, openWorld, phone, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close(), 30_000)

test('a plan that was paid for is theirs: it shows who likes them, its invoice, and can be ended', async () => {
  const [mara, jonas] = await Promise.all([world.member('her', 'Mara'), world.member('him')])
  await world.like(mara, jonas)
  const page = await world.signedIn(jonas, desktop)
  await page.goto('/matches')
  await page.getByText('1 person likes you').waitFor()
  expect(await page.getByRole('link', { name: /^Mara/ }).count()).toBe(0)
  await page.getByRole('link', { name: 'See plans' }).click()

  await choose(page, 'Signature')
  await page.getByText('€49.00').waitFor()
  await page.getByRole('button', { name: 'Pay with the test card' }).click()
  await page.waitForURL(/\/billing\/done/)
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await page.getByText(/Signature is yours from now on/).waitFor()

  await page.getByRole('link', { name: 'To your plan' }).click()
  await page.getByText(/^Signature renews on/).waitFor()
  await planCard(page, 'Signature').getByText('Your plan', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: /^Choose/ }).count()).toBe(0)
  await seeInvoice(page)

  await page.goto('/matches')
  await page.getByRole('link', { name: /^Mara/ }).waitFor()

  await page.goto('/billing')
  await page.getByRole('button', { name: 'Change or end it' }).click()
  await page.getByRole('heading', { name: 'Your subscription' }).waitFor()
  await page.getByRole('button', { name: 'End it at the end of the period' }).click()
  await page.getByRole('link', { name: 'Back to Accord' }).click()
  await eventually(
    () => subscriptionOf(jonas),
    ({ cancelAtPeriodEnd }) => cancelAtPeriodEnd,
  )
  await page.reload()
  await page.getByText(/^Signature ends on .* and is not charged again/).waitFor()
})

for (const [way, leave] of Object.entries({
  'by going back': (page: Page) => page.goBack(),
  'by the way out that the page offers': (page: Page) =>
    page.getByRole('button', { name: 'Go back without paying' }).click(),
})) {
  test(`a checkout that is left halfway, ${way}, leaves everything as it was`, async () => {
    const jonas = await world.member('him')
    const page = await world.signedIn(jonas, phone)
    await page.goto('/billing')
    await choose(page, 'Plus')
    await leave(page)
    await page.waitForURL('/billing')
    await planCard(page, 'Free').getByText('Your plan', { exact: true }).waitFor()
    await page.getByText('There are no invoices yet.').waitFor()
    expect(await subscriptionOf(jonas)).toMatchObject({ plan: 'free' })
    // Another plan can be chosen at once.
    await choose(page, 'Signature')
  })
}

test('a card that is declined buys nothing, and can be tried again', async () => {
  const jonas = await world.member('him')
  const page = await world.signedIn(jonas, phone)
  await page.goto('/billing')
  await choose(page, 'Plus')
  await page.getByRole('button', { name: 'Let the card be declined' }).click()
  await page.waitForURL(/declined/)
  expect(await subscriptionOf(jonas)).toMatchObject({ plan: 'free' })
  await page.getByRole('button', { name: 'Pay with the test card' }).click()
  await page.getByText(/Plus is yours from now on/).waitFor()
})

test('who comes back before the payment is confirmed waits for it, and is told when it is there', async () => {
  const jonas = await world.member('him')
  const { id, url } = await expecting(
    201,
    world.api('/api/v1/billing/checkout', { token: jonas.token, body: { plan: 'plus' } }),
  )
  const page = await world.signedIn(jonas, phone)
  await page.goto(`/billing/done?checkout=${id}`)
  await page.getByRole('heading', { name: 'One moment' }).waitFor()
  const paid = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ outcome: 'paid' }),
    redirect: 'manual',
  })
  expect(paid.headers.get('location')).toContain(`/billing/done?checkout=${id}`)
  await page.getByText(/Plus is yours from now on/).waitFor()
})

test('where nothing was bought, that is said, and the plans are offered', async () => {
  const page = await world.signedIn(await world.member('him'), phone)
  await page.goto('/billing/done')
  await page.getByRole('heading', { name: 'Nothing was bought' }).waitFor()
  await page.getByText('You are on Free, and nothing is charged.').waitFor()
  await page.getByRole('link', { name: 'See the plans' }).click()
  await page.waitForURL('/billing')
  await planCard(page, 'Free').getByText('Your plan', { exact: true }).waitFor()
})

/** From the plans to the page of the payment service. */
async function choose(page: Page, plan: string): Promise<void> {
  await page.getByRole('button', { name: `Choose ${plan}` }).click()
  await page.getByRole('heading', { name: 'Checkout' }).waitFor()
  await page.getByText(plan).waitFor()
}

/** The invoice arrives on its own, perhaps after the plan. */
async function seeInvoice(page: Page): Promise<void> {
  const open = page.getByRole('link', { name: /^View invoice/ })
  await reloadUntil(page, open)
  await page.getByText(/· Paid$/).waitFor()
  const [invoice] = await Promise.all([page.waitForEvent('popup'), open.click()])
  await invoice.getByText('€49.00').waitFor()
  await invoice.close()
}

function planCard(page: Page, plan: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: plan, exact: true }) })
}

function subscriptionOf({ token }: Person) {
  return expecting(200, world.api('/api/v1/billing/subscription', { token }))
}
