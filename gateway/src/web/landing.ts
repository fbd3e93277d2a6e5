import type { Answer } from '../edge/answer.ts'

/** What `/` shows while no web app is built into this gateway. */
export function landingAnswer(path: string): Answer | null {
  if (path === '/') return page
  return path === '/landing.css' ? style : null
}

const page: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Accord</title>
<link rel="stylesheet" href="/landing.css">
</head>
<body>
<main>
<h1>Accord</h1>
<p>The API is running. The web app is not part of this gateway; set <code>WEB_DIST</code> to the folder it was built to.</p>
<ul>
<li><a href="/docs">API documentation</a>, where you can sign in and call every operation</li>
<li><a href="/openapi.json">OpenAPI document</a></li>
<li><a href="/asyncapi.json">Events and live frames</a></li>
<li><a href="/readyz">Readiness</a></li>
</ul>
</main>
</body>
</html>
`,
  policy: 'landing',
}

const style: Answer = {
  status: 200,
  headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  body: `:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif }
body { margin: 0; display: grid; min-height: 100vh; place-items: center }
main { max-width: 34rem; padding: 2rem }
h1 { font-weight: 600; letter-spacing: -0.02em; margin: 0 0 0.5rem }
a { color: inherit }
`,
  policy: 'file',
}
