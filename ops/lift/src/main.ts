/** `bun src/main.ts svc-chat DIR`: lifts a service out of the tree, and installs it there. */
import { resolve } from 'node:path'
import { lift, NotLiftable } from './lift.ts'

const [service, folder] = process.argv.slice(2)

try {
  if (!service || !folder)
    throw new NotLiftable('Say which service and where to: just lift svc-chat ../svc-chat')
  await lift(service, resolve(folder))
  console.log(`${service} stands in ${resolve(folder)}. Its tests: bun test`)
} catch (error) {
  if (!(error instanceof NotLiftable)) throw error
  console.error(error.message)
  process.exit(1)
}
