import { fileURLToPath } from 'node:url'

/** Version of the package that a service's migrations folder (path or `file:` URL) lies in. */
export async function packageVersion(migrations: string): Promise<string> {
  const folder = migrations.startsWith('file:') ? fileURLToPath(migrations) : migrations
  try {
    const { version } = await Bun.file(`${folder.replace(/\/$/, '')}/../package.json`).json()
    return typeof version === 'string' ? version : '0.0.0'
  } catch {
    return '0.0.0'
  }
}
