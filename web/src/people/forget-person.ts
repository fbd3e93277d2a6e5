import type { QueryClient } from '@tanstack/react-query'
import { removeFromDeck } from '../deck/session.ts'
import { likesQuery, removeMatches } from '../matches/queries.ts'

/**
 * After a block: the person disappears from everything that is loaded, at once. The platform's other parts hear
 * of it a moment later, so lists are only marked as old; the end of a match is pushed and loads them again.
 */
export function forgetPerson(client: QueryClient, memberId: string): void {
  const isThePerson = ({ member }: { member: { id: string } }) => member.id === memberId
  removeFromDeck(client, memberId)
  removeMatches(client, (match) => match.memberId === memberId)
  client.setQueryData(
    likesQuery.queryKey,
    (likes) =>
      likes && {
        ...likes,
        pages: likes.pages.map((page) => ({
          ...page,
          data: page.data.filter((like) => !isThePerson(like)),
          count: page.count - Number(likes.pages.some(({ data }) => data.some(isThePerson))),
        })),
      },
  )
  for (const queryKey of [['deck'], ['matches'], ['likes']])
    void client.invalidateQueries({ queryKey, refetchType: 'none' })
  for (const queryKey of [['member', memberId], ['conversations'], ['blocks'], ['notifications']]) {
    void client.invalidateQueries({ queryKey })
  }
}
