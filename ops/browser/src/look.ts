import { expect } from 'bun:test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { aboutTheMachine, type Watch } from './watch.ts'

const folder = join(import.meta.dir, '../screens')

/**
 * Photographs what a page shows, light and dark, into `screens/`, and looks at it: axe finds nothing, nothing is
 * wider than the page, whatever is pressed is as large as a thumb, and nothing was asked of strangers. The `whole`
 * page is photographed where it is asked for, else what is seen at first.
 */
export async function lookAt(
  page: Page,
  name: string,
  watched: Watch,
  { whole = false } = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await settled(page)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    )
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: whole })
    const axe = new AxeBuilder({ page })
    // Between the themes nothing changes but the colours.
    if (colorScheme === 'dark') axe.withRules(['color-contrast'])
    const { violations } = await axe.analyze()
    expect({
      name: `${name}-${colorScheme}`,
      found: violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      ),
    }).toEqual({ name: `${name}-${colorScheme}`, found: [] })
  }
  expect({
    name,
    wide: await page.evaluate(widerThanThePage),
    small: await page.evaluate(smallTargets),
    foreign: watched.foreign,
    complaints: watched.complaints.filter((text) => !aboutAnAnswer.test(text) && !aboutTheMachine.test(text)),
  }).toEqual({ name, wide: [], small: [], foreign: [], complaints: [] })
}

/** Nothing is loading any more, neither data nor pictures nor fonts; but for the specimens of what loads. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"]:not(div[data-theme] *)') === null,
  )
  await page.evaluate(() => document.fonts.ready.then(() => {}))
}

/** What the browser itself says about answers that a screen is about, and of what a test keeps from it. */
const aboutAnAnswer =
  /Failed to load resource: (the server responded with a status of (401|404|409|410|503)|net::ERR_)|net::ERR_INTERNET_DISCONNECTED|WebSocket is closed before the connection is established|Service Worker registration blocked/

/** Runs in the page. */
function widerThanThePage(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  return [...document.querySelectorAll('body *')]
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      return right > clientWidth + 1 || left < -1
    })
    .map((element) => element.outerHTML.slice(0, 120))
}

/** Buttons, links and fields standing alone that are lower or narrower than a thumb. Runs in the page. */
function smallTargets(): string[] {
  return [...document.querySelectorAll('button, a[href], select, input:not([type=hidden])')]
    .filter((element) => !element.closest('p, [hidden], .sr-only, [aria-hidden=true]'))
    .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0 && (box.height < 43 || box.width < 43))
    .map(
      ({ element, box }) =>
        `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 120)}`,
    )
}
