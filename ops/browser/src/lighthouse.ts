/**
 * `just lighthouse`: scores and times of the welcome, deck and chat pages of the running Accord, with the
 * throttling of a middling phone on slow 4G. Fails when a page is below what it must reach.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@accord/stack/process/port'
import { chromium } from 'playwright-core'
import { chromiumPath, quiet } from './chromium.ts'
import { openWorld, phone, signIn } from './world.ts'

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
  const port = await freePort()
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: await chromiumPath(),
    args: [...quiet, `--remote-debugging-port=${port}`],
    baseURL: world.stack.gateway,
    locale: 'en-GB',
    ...phone,
  })
  console.log('page      performance accessibility best-practices   LCP      CLS      TBT')
  await report('welcome', '/', port)
  const page = await context.newPage()
  await page.goto('/sign-in')
  await signIn(page, mara, world.mailbox)
  await page.close()
  await report('deck', '/discover', port)
  await report('chat', `/messages/${conversationId}`, port)
  await context.close()
} finally {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function report(name: string, path: string, port: number): Promise<void> {
  const file = join(folder, `${name}.json`)
  const child = Bun.spawn(
    [
      ...[process.execPath, 'x', '--bun', lighthouse, new URL(path, world.stack.gateway).href],
      ...[
        '--port',
        String(port),
        '--disable-storage-reset',
        '--quiet',
        '--output=json',
        `--output-path=${file}`,
      ],
      `--only-categories=${Object.keys(floors).join(',')}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  if ((await child.exited) !== 0)
    throw new Error(`Lighthouse failed: ${await new Response(child.stderr).text()}`)
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
