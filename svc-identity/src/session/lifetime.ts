const second = 1000
const day = 24 * 60 * 60 * second

/** How long things of a session live, in milliseconds. */
export const lifetime = {
  /** A refresh token, and with it a session that nobody uses. */
  refreshMs: 30 * day,
  /** A session, however much it is used: then the member signs in again. */
  sessionMs: 180 * day,
  /** The same refresh token again, from the same client, gets the same answer for this long. */
  repeatMs: 30 * second,
  /** A sign-in that waits for its second factor. */
  challengeMs: 10 * 60 * second,
} as const

/** Open sessions of one member; the one used longest ago ends for a new one. */
export const mostSessions = 50
/** Sign-ins of one member that may wait for a second factor; the oldest gives way. */
export const mostChallenges = 5
/** Wrong codes that a waiting sign-in survives, less one. */
export const mostCodeAttempts = 5
