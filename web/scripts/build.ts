/** `bun run build`: types of the API, the bundle, its packed copies, and the budgets that it must keep. */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { checkBudgets } from './budgets.ts'
import { writeTypes } from './document.ts'
import { pack } from './pack.ts'

const folder = fileURLToPath(new URL('../dist/', import.meta.url))

await writeTypes()
await build({ root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'warn' })
await pack(folder)
const fine = await checkBudgets(folder)
rmSync(`${folder}.vite`, { recursive: true })
process.exit(fine ? 0 : 1)
