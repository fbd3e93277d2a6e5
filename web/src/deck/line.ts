import type { DeckEntry, DeckSession } from './queries.ts'

/**
 * Those who came back first; but nobody slips in front of the card that is being looked at only because the
 * deck was loaded again, or a tap would meet somebody else.
 */
export function inLine(
  loaded: readonly DeckEntry[],
  session: Pick<DeckSession, 'decided' | 'returned'>,
  shownId: string | undefined,
): DeckEntry[] {
  const line = new Map<string, DeckEntry>()
  const shown = loaded.find(({ member }) => member.id === shownId)
  for (const entry of [...session.returned, ...(shown ? [shown] : []), ...loaded]) {
    const { id } = entry.member
    if (session.decided[id] === undefined && !line.has(id)) line.set(id, entry)
  }
  return [...line.values()]
}
