import { ensureTools } from '@accord/stack/tools/install'
import { toolNamed } from '@accord/stack/tools/table'
import { type Browser, chromium } from 'playwright-core'

/** Without what a browser does by itself: it would look for the world outside. */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-zygote',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The program's path, fetched when there is none. */
export async function chromiumPath(): Promise<string> {
  return (await ensureTools([toolNamed('chromium')], (line) => console.error(line))).chromium as string
}

/** A real Chromium without a window. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: quiet })
}
