import { portrait } from '@accord/e2e/person'
import type { Page } from 'playwright-core'

/** A file as a member chooses it on their device. */
export interface ChosenFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A drawn one, which can become a photo. */
export async function picture(): Promise<ChosenFile> {
  return { name: 'portrait.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await portrait()) }
}

export async function choosePhotos(page: Page, button: string, files: ChosenFile[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).click(),
  ])
  await chooser.setFiles(files)
}
