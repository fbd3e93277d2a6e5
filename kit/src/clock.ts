/** Where time comes from. Passed in, so that tests decide what time it is. */
export type Clock = () => Date

/** The machine's own clock. */
export const systemClock: Clock = () => new Date()
