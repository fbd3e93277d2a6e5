/**
 * `bun run api [--url http://localhost:8080]`: writes the merged document of the running platform to
 * `openapi.json`, and from it the types of every operation. A changed operation then breaks the build.
 */
import { parseArgs } from 'node:util'
import { documentFile, pinned, writeTypes } from './document.ts'

const { values } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:8080' } } })
const response = await fetch(new URL('/openapi.json', values.url))
if (!response.ok) throw new Error(`${values.url} answered ${response.status}: is the platform up?`)
await Bun.write(documentFile, pinned((await response.json()) as Record<string, unknown>))
await writeTypes()
