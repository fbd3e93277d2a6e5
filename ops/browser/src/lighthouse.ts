/**
 * `just lighthouse`: scores and times of the welcome, deck and chat pages of the running Accord, with the
 * throttling of a middling phone on slow 4G. Fails when a page is below what it must reach. The welcome page is
 * measured as a visitor gets it at first, the others as a member gets them who was here before.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@accord/e2e/api'
import type { Person } from '@accord/e2e/person'
import { freePort } from '@accord/stack/process/port'
import { chromium } from 'playwright-core'
import { chromiumPath, quiet } from './chromium.ts'
import { openWorld, phone, signIn, type World } from './world.ts'

const lighthouse = 'lighthouse@13.5.0'
const floors = { performance: 95, accessibility: 100, 'best-practices': 100 } as const
type Category = keyof typeof floors

interface Report {
  categories: Record<Category, { score: number }>
  audits: Record<string, { displayValue?: string; score: number | null; title: string }>
}

const folder = mkdtempSync(join(tmpdir(), 'accord-lighthouse-'))
const world = await openWorld()
let failed = false
try {
  const { mara, conversationId } = await world.pair()
  // Somebody else for the deck.
  await world.member('him', 'Emil')
  const profile = join(folder, 'member')
  await visitBefore(profile, world, mara)
  console.log('page      performance accessibility best-practices   LCP      CLS      TBT')
  await withBrowser(join(folder, 'visitor'), (port) => report('welcome', '/', port))
  await withBrowser(profile, async (port) => {
    await report('deck', '/discover', port)
    await report('chat', `/messages/${conversationId}`, port)
  })
} finally {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

/** Leaves a member's session, and what the app keeps for the next visit, in a browser's profile. */
async function visitBefore(profile: string, { stack, mailbox }: World, member: Person): Promise<void> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await chromiumPath(),
    args: quiet,
    baseURL: stack.gateway,
    locale: 'en-GB',
    ...phone,
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await signIn(page, member, mailbox)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await context.close()
}

/** A browser that nothing but Lighthouse speaks to: whoever else does takes time that is counted as the page's. */
async function withBrowser(profile: string, use: (port: number) => Promise<void>): Promise<void> {
  const port = await freePort()
  const browser = Bun.spawn(
    [
      await chromiumPath(),
      ...quiet,
      ...['--headless', '--lang=en-GB', `--user-data-dir=${profile}`, `--remote-debugging-port=${port}`],
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore'] },
  )
  try {
    await eventually(
      () => fetch(`http://127.0.0.1:${port}/json/version`).catch(() => undefined),
      (answer) => answer?.ok === true,
    )
    await use(port)
  } finally {
    browser.kill()
    await browser.exited
  }
}

async function report(name: string, path: string, port: number): Promise<void> {
  const file = join(folder, `${name}.json`)
  await measure(new URL(path, world.stack.gateway).href, port, file)
  const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as Report
  const score = (category: Category) => Math.round(categories[category].score * 100)
  const value = (audit: string) => (audits[audit]?.displayValue ?? '?').padEnd(8)
  console.log(
    [
      name.padEnd(9),
      String(score('performance')).padEnd(11),
      String(score('accessibility')).padEnd(13),
      String(score('best-practices')).padEnd(16),
      value('largest-contentful-paint'),
      value('cumulative-layout-shift'),
      value('total-blocking-time'),
    ].join(' '),
  )
  for (const category of Object.keys(floors) as Category[]) {
    if (score(category) >= floors[category]) continue
    failed = true
    console.log(`  ${category} is below ${floors[category]}:`)
    for (const audit of Object.values(audits)) {
      if (audit.score !== null && audit.score < 0.9)
        console.log(`    ${audit.title} ${audit.displayValue ?? ''}`)
    }
  }
}

/** Lighthouse loses its recording now and then (NO_NAVSTART), and asks to be run again. */
async function measure(url: string, port: number, file: string, triesLeft = 2): Promise<void> {
  const child = Bun.spawn(
    [
      ...[process.execPath, 'x', '--bun', lighthouse, url],
      ...['--port', String(port), '--disable-storage-reset', '--quiet'],
      ...['--output=json', `--output-path=${file}`, `--only-categories=${Object.keys(floors).join(',')}`],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const [code, complaint] = await Promise.all([child.exited, new Response(child.stderr).text()])
  if (code === 0) return
  if (!complaint.includes('NO_NAVSTART') || triesLeft === 0)
    throw new Error(`Lighthouse failed: ${complaint}`)
  await measure(url, port, file, triesLeft - 1)
}
