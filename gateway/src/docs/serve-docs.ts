import type { Answer } from '../edge/answer.ts'
import { compress, type Encoding, negotiateEncoding } from '../edge/compress.ts'
import { matchesTag, weakTag } from '../edge/conditional.ts'
import type { Documents, Routes } from '../route/discovery.ts'
import { asyncApiDocument } from './asyncapi.ts'
import { mergeDocuments } from './merge.ts'

export type ServeDocs = (path: string, headers: Headers) => Promise<Answer | null>

/** Serves `/docs`, `/openapi.json` and `/asyncapi.json`; null for any other path. Nothing comes from elsewhere. */
export function createServeDocs(current: () => Routes, publicUrl: string): ServeDocs {
  const encoder = new TextEncoder()
  const asyncApi = textOf(encoder.encode(JSON.stringify(asyncApiDocument(publicUrl))))
  const opened = new Map<string, Promise<Text>>()
  let merged: { of: Documents; text: Text } | null = null

  const openApi = () => {
    const { documents } = current()
    if (merged?.of !== documents) {
      const bytes = encoder.encode(JSON.stringify(mergeDocuments(documents, publicUrl)))
      merged = { of: documents, text: textOf(bytes) }
    }
    return merged.text
  }
  const open = (path: string, file: Bun.BunFile) => {
    const known = opened.get(path) ?? file.bytes().then(textOf)
    opened.set(path, known)
    return known
  }
  return async (path, headers) => {
    if (path === '/openapi.json') return documentAnswer(openApi(), headers)
    if (path === '/asyncapi.json') return documentAnswer(asyncApi, headers)
    if (path === '/docs' || path === '/docs/') return pageAnswer()
    const file = files.get(path)
    return file === undefined ? null : fileAnswer(file, await open(path, file), headers)
  }
}

/** Bytes that many ask for: their validator and their packed forms are made once. */
interface Text {
  bytes: Uint8Array<ArrayBuffer>
  etag: string
  packed: Map<Encoding, ReturnType<typeof compress>>
}

const textOf = (bytes: Uint8Array<ArrayBuffer>): Text => ({
  bytes,
  etag: weakTag(bytes),
  packed: new Map(),
})

function packedFor({ bytes, packed }: Text, asked: Headers): ReturnType<typeof compress> {
  const encoding = negotiateEncoding(asked.get('accept-encoding'))
  if (encoding === null) return Promise.resolve(null)
  const known = packed.get(encoding) ?? compress(bytes, encoding)
  packed.set(encoding, known)
  return known
}

const swagger = (name: string) => Bun.file(Bun.resolveSync(`swagger-ui-dist/${name}`, import.meta.dir))

const files = new Map([
  ['/docs/swagger-ui.css', swagger('swagger-ui.css')],
  ['/docs/swagger-ui-bundle.js', swagger('swagger-ui-bundle.js')],
  ['/docs/favicon-32x32.png', swagger('favicon-32x32.png')],
  ['/docs/init.js', Bun.file(`${import.meta.dir}/swagger-init.js`)],
])

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Accord API</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/init.js"></script>
</body>
</html>
`

const pageAnswer = (): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  body: page,
  policy: 'docs',
})

async function documentAnswer(text: Text, asked: Headers): Promise<Answer> {
  const { bytes, etag } = text
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'cache-control': 'no-cache',
    vary: 'Accept-Encoding',
    etag,
  }
  if (matchesTag(asked.get('if-none-match'), etag)) return { status: 304, headers, body: null, policy: 'api' }
  const packed = await packedFor(text, asked)
  if (packed !== null) headers['content-encoding'] = packed.encoding
  return { status: 200, headers, body: packed?.body ?? bytes, policy: 'api' }
}

/** Files of one release: asked for again, they are not sent again. */
async function fileAnswer(file: Bun.BunFile, text: Text, asked: Headers): Promise<Answer> {
  const answer = await documentAnswer(text, asked)
  return {
    ...answer,
    policy: 'file',
    headers: { ...answer.headers, 'content-type': file.type, 'cache-control': 'public, max-age=3600' },
  }
}
