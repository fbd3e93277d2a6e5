/** Numbers in [0, 1) that look random and are the same for a key, on every machine. Not for secrets. */
export function randomOf(key: string): () => number {
  const hash = new Bun.CryptoHasher('sha256').update(key).digest()
  let state = hash.readUInt32LE(0)
  // Mulberry32 by Tommy Ettinger (public domain): small, and good enough for demo people.
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of these. */
export function pick<T>(random: () => number, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('there is nothing to pick from')
  return value
}

/** Some of these, each at most once, in random order. */
export function pickSome<T>(random: () => number, values: readonly T[], count: number): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ value }) => value)
}
