/** `bun run types`: the types of every operation, from the document that is kept here. */
import { writeTypes } from './document.ts'

await writeTypes()
