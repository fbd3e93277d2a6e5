/** A weak validator of a body: the same bytes before compression give the same tag. */
export function weakTag(body: Uint8Array): string {
  return `W/"${Bun.hash(body).toString(36)}-${body.length.toString(36)}"`
}

/** Whether If-None-Match names this tag (RFC 9110, 13.1.2: weak comparison). */
export function matchesTag(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch.trim() === '*') return true
  const bare = tag.replace(/^W\//, '')
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === bare)
}
