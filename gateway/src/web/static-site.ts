import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { mediaPath } from '@accord/kit/media-url'
import type { Answer } from '../edge/answer.ts'
import { negotiateEncoding } from '../edge/compress.ts'
import { matchesTag } from '../edge/conditional.ts'

export type ServeSite = (path: string, request: Request) => Promise<Answer | null>

interface SiteFile {
  file: Bun.BunFile
  etag: string
  /** Its name carries a hash of its content. */
  immutable: boolean
  packed: Partial<Record<'br' | 'gzip', Bun.BunFile>>
}

/**
 * Serves a built web app from its folder: only files that were there at the start, so that no path can lead
 * outside. A navigation to any other path gets the app itself, which has its own routes. Throws an Error when
 * the folder holds no index.html.
 */
export async function openStaticSite(folder: string): Promise<ServeSite> {
  if (!existsSync(join(folder, 'index.html')))
    throw new Error(`WEB_DIST: there is no index.html in ${folder}`)
  const files = await listFiles(folder)
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`WEB_DIST: ${folder} cannot be read`)
  return async (path, request) => {
    const found = path === '/' ? index : files.get(path)
    if (found !== undefined) return answerWith(found, request)
    return isNavigation(path, request) ? answerWith(index, request) : null
  }
}

async function listFiles(folder: string): Promise<Map<string, SiteFile>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const files = new Map<string, SiteFile>()
  for (const name of names) {
    if (/\.(br|gz|map)$/.test(name)) continue
    const path = `/${relative(folder, name).split(sep).join('/')}`
    files.set(path, await describe(name, path, names))
  }
  return files
}

async function describe(name: string, path: string, names: readonly string[]): Promise<SiteFile> {
  const file = Bun.file(name)
  const packed: SiteFile['packed'] = {}
  if (names.includes(`${name}.br`)) packed.br = Bun.file(`${name}.br`)
  if (names.includes(`${name}.gz`)) packed.gzip = Bun.file(`${name}.gz`)
  return {
    file,
    etag: `W/"${Bun.hash(await file.bytes()).toString(36)}"`,
    immutable: path.startsWith('/assets/') && /[-.][A-Za-z0-9_-]{8,}\.\w+$/.test(path),
    packed,
  }
}

function answerWith({ file, etag, immutable, packed }: SiteFile, request: Request): Answer {
  // A script may be a service worker, which lives under the policy that it was served with.
  const isCode = /^text\/(html|javascript)/.test(file.type)
  const headers: Record<string, string> = {
    'content-type': file.type,
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'Accept-Encoding',
    etag,
  }
  const policy = isCode ? 'app' : 'file'
  if (matchesTag(request.headers.get('if-none-match'), etag))
    return { status: 304, headers, body: null, policy }
  const accepted = request.headers.get('accept-encoding')
  const encoding = packed.br || packed.gzip ? negotiateEncoding(accepted) : null
  const body = encoding === null ? undefined : packed[encoding]
  if (encoding !== null && body !== undefined) headers['content-encoding'] = encoding
  return { status: 200, headers, body: body ?? file, policy }
}

/** A person going to an address of the app, not a script asking for data that is not there. */
function isNavigation(path: string, request: Request): boolean {
  if (path.startsWith('/api/') || path.startsWith(mediaPath) || path.startsWith('/.well-known/')) return false
  const mode = request.headers.get('sec-fetch-mode')
  if (mode !== null && mode !== 'navigate') return false
  return (request.headers.get('accept') ?? '').includes('text/html')
}
