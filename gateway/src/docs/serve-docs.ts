import type { Answer } from '../edge/answer.ts'
import { compress } from '../edge/compress.ts'
import { matchesTag, weakTag } from '../edge/conditional.ts'
import type { Documents, Routes } from '../route/discovery.ts'
import { asyncApiDocument } from './asyncapi.ts'
import { mergeDocuments } from './merge.ts'

export type ServeDocs = (path: string, headers: Headers) => Promise<Answer | null>

/** Serves `/docs`, `/openapi.json` and `/asyncapi.json`; null for any other path. Nothing comes from elsewhere. */
export function createServeDocs(current: () => Routes, publicUrl: string): ServeDocs {
  const encoder = new TextEncoder()
  const asyncApi = encoder.encode(JSON.stringify(asyncApiDocument(publicUrl)))
  let merged: { of: Documents; bytes: Uint8Array<ArrayBuffer> } | null = null

  const openApi = () => {
    const { documents } = current()
    if (merged?.of !== documents) {
      merged = { of: documents, bytes: encoder.encode(JSON.stringify(mergeDocuments(documents, publicUrl))) }
    }
    return merged.bytes
  }
  return async (path, headers) => {
    if (path === '/openapi.json') return documentAnswer(openApi(), headers)
    if (path === '/asyncapi.json') return documentAnswer(asyncApi, headers)
    if (path === '/docs' || path === '/docs/') return pageAnswer()
    const file = files.get(path)
    return file === undefined ? null : fileAnswer(file, headers)
  }
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

async function documentAnswer(bytes: Uint8Array<ArrayBuffer>, asked: Headers): Promise<Answer> {
  const etag = weakTag(bytes)
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'cache-control': 'no-cache',
    vary: 'Accept-Encoding',
    etag,
  }
  if (matchesTag(asked.get('if-none-match'), etag)) return { status: 304, headers, body: null, policy: 'api' }
  const packed = await compress(bytes, asked.get('accept-encoding'))
  if (packed !== null) headers['content-encoding'] = packed.encoding
  return { status: 200, headers, body: packed?.body ?? bytes, policy: 'api' }
}

/** Files of one release: asked for again, they are not sent again. */
async function fileAnswer(file: Bun.BunFile, asked: Headers): Promise<Answer> {
  const bytes = await file.bytes()
  const answer = await documentAnswer(bytes, asked)
  return {
    ...answer,
    policy: 'file',
    headers: { ...answer.headers, 'content-type': file.type, 'cache-control': 'public, max-age=3600' },
  }
}
