import type { MemberId } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import type { Database } from '@accord/svc-match/db'
import { storeDecision } from '@accord/svc-match/decision/store'
import { ageByMonth } from '@accord/svc-match/deck/age'
import { lockPair } from '@accord/svc-match/pair-lock'
import type { Kysely } from 'kysely'
import { demoSignIns, type Person } from './person.ts'

const likesEach = 6

/** Lets some members like each demo sign-in, so that its first likes make matches. */
export async function addLikes(
  deps: { match: Kysely<Database>; clock: Clock },
  people: readonly Person[],
  memberIds: readonly MemberId[],
): Promise<void> {
  for (let demo = 0; demo < Math.min(demoSignIns, people.length); demo++) {
    const [target, targetId] = [people[demo], memberIds[demo]]
    if (!target || !targetId) return
    const likers = people
      .map((person, position) => ({ person, likerId: memberIds[position] }))
      .filter(({ person }, position) => position >= demoSignIns && wouldLike(person, target, deps.clock()))
      // Neighbours stand first in the deck.
      .sort((a, b) => Number(livesWith(b.person, target)) - Number(livesWith(a.person, target)))
    for (const { likerId } of likers.slice(0, likesEach)) {
      if (!likerId) continue
      await deps.match.transaction().execute(async (trx) => {
        await lockPair(trx, likerId, targetId)
        await storeDecision(trx, {
          memberId: likerId,
          otherId: targetId,
          decision: 'like',
          now: deps.clock(),
        })
      })
    }
  }
}

/** The demo sign-ins seek everybody; this is the other half of what makes two people candidates. */
function wouldLike(liker: Person, target: Person, now: Date): boolean {
  const { role, birthDate, profile } = target
  const { roles, genders, ageMin, ageMax, distanceKm } = liker.preferences
  const age = ageByMonth(birthDate, now)
  return (
    (distanceKm === null || livesWith(liker, target)) &&
    roles.includes(role) &&
    genders.some((gender) => gender === profile.gender) &&
    age >= ageMin &&
    age <= ageMax
  )
}

function livesWith(one: Person, other: Person): boolean {
  return one.profile.placeId === other.profile.placeId
}
