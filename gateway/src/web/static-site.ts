import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Answer } from '../edge/answer.ts'
import { compress, type Encoding, encodings, negotiateEncoding } from '../edge/compress.ts'
import { matchesTag, weakTag } from '../edge/conditional.ts'

export type ServeSite = (path: string, request: Request) => Promise<Answer | null>

type Bytes = Uint8Array<ArrayBuffer>

interface SiteFile {
  bytes: Bytes
  type: string
  etag: string
  /** Its name carries a hash of its content. */
  immutable: boolean
  packed: Partial<Record<Encoding, Bytes>>
}

/**
 * Serves a built web app as its folder was at the start: read once, so that no path can lead outside, and so
 * that a folder which is built anew meanwhile never gives one build's page with another build's scripts. A
 * navigation to any other path gets the app itself, which has its own routes. Throws an Error when the folder
 * holds no index.html.
 */
export async function openStaticSite(folder: string): Promise<ServeSite> {
  if (!existsSync(join(folder, 'index.html')))
    throw new Error(`WEB_DIST: there is no index.html in ${folder}`)
  const files = await readFiles(folder)
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`WEB_DIST: ${folder} cannot be read`)
  return async (path, request) => {
    const found = path === '/' ? index : files.get(path)
    if (found !== undefined) return answerWith(found, request)
    return isNavigation(path, request) ? answerWith(index, request) : null
  }
}

async function readFiles(folder: string): Promise<Map<string, SiteFile>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const files = new Map<string, SiteFile>()
  for (const name of names) {
    if (/\.(br|gz|map)$/.test(name)) continue
    // As it stands in an address.
    const path = encodeURI(`/${relative(folder, name).split(sep).join('/')}`)
    files.set(path, await readFile(name, path))
  }
  return files
}

async function readFile(name: string, path: string): Promise<SiteFile> {
  const { type } = Bun.file(name)
  const bytes = await Bun.file(name).bytes()
  const packed: SiteFile['packed'] = {}
  for (const encoding of encodings) {
    const built = Bun.file(`${name}${suffixes[encoding]}`)
    if (await built.exists()) packed[encoding] = await built.bytes()
    else if (isText.test(type)) {
      const made = await compress(bytes, encoding)
      if (made !== null) packed[encoding] = made.body
    }
  }
  return { bytes, type, etag: weakTag(bytes), immutable: hashedName.test(path), packed }
}

const suffixes: Record<Encoding, string> = { br: '.br', gzip: '.gz' }
const isText = /^text\/|[/+](json|xml)\b|^application\/wasm$/
/** Eight letters as Vite writes them, with a digit or capital: `photo-portrait.webp` has none. */
const hashedName = /^\/assets\/.*[-.](?=[^/]*[A-Z0-9][^/]*\.\w+$)[\w-]{8}\.\w+$/

function answerWith({ bytes, type, etag, immutable, packed }: SiteFile, request: Request): Answer {
  // A script may be a service worker, which lives under the policy that it was served with.
  const isCode = /^text\/(html|javascript)/.test(type)
  const headers: Record<string, string> = {
    'content-type': type,
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'Accept-Encoding',
    etag,
  }
  const policy = isCode ? 'app' : 'file'
  if (matchesTag(request.headers.get('if-none-match'), etag))
    return { status: 304, headers, body: null, policy }
  const offered = encodings.filter((encoding) => packed[encoding] !== undefined)
  const encoding = negotiateEncoding(request.headers.get('accept-encoding'), offered)
  if (encoding === null) return { status: 200, headers, body: bytes, policy }
  headers['content-encoding'] = encoding
  return { status: 200, headers, body: packed[encoding] ?? bytes, policy }
}

/** A person going to an address of the app, not a script asking for data that is not there. */
function isNavigation(path: string, request: Request): boolean {
  if (notOfTheApp.test(path)) return false
  const mode = request.headers.get('sec-fetch-mode')
  if (mode !== null && mode !== 'navigate') return false
  return (request.headers.get('accept') ?? '').includes('text/html')
}

/** What belongs to the gateway and the services, and the app's own files, which are there or not. */
const notOfTheApp = /^\/(api|docs|media|assets|\.well-known|openapi\.json|asyncapi\.json)(\/|$)/
