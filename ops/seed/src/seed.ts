import type { MemberId } from '@accord/contracts/id'
import { addPeople, type SeedDeps } from './add-people.ts'
import { addLikes } from './likes.ts'
import { type Person, personOf } from './person.ts'

export const portraitCount = 24
/** People of one transaction. */
const chunkSize = 200
/** Transactions at the same time. */
const writers = 4

export interface Seeded {
  members: number
  added: number
}

/** Makes the first `count` demo members, those that are not there yet. A second run does nothing. */
export async function seedMembers(
  deps: SeedDeps,
  count: number,
  onProgress: (done: number) => void = () => {},
): Promise<Seeded> {
  let [next, done, added] = [1, 0, 0]
  const first: { people: Person[]; memberIds: MemberId[] } = { people: [], memberIds: [] }

  const write = async () => {
    while (next <= count) {
      const from = next
      next += chunkSize
      const size = Math.min(chunkSize, count - from + 1)
      const people = Array.from({ length: size }, (_, offset) => personOf(from + offset, portraitCount))
      const result = await addPeople(deps, people)
      if (from === 1) Object.assign(first, { people, memberIds: result.memberIds })
      added += result.added
      done += size
      onProgress(done)
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  if (added > 0) await addLikes(deps, first.people, first.memberIds)
  return { members: count, added }
}
