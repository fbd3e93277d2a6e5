import { verify } from 'otplib'

const periodSeconds = 30
/** A code of the step before or after counts too: clocks differ, and people type slowly (RFC 6238, 5.2). */
const toleranceSeconds = 30

/**
 * The time step of a code that is right and newer than `lastStep`, or null. Whoever accepts it must store the
 * step: that makes each code good for once. Never throws for what was typed.
 */
export async function stepOfCode(
  seed: string,
  code: string,
  lastStep: number | null,
  now: Date,
): Promise<number | null> {
  const digits = code.replaceAll(' ', '')
  // otplib throws for anything that is not six digits, and its answer is an object: a failure is truthy.
  if (!/^\d{6}$/.test(digits)) return null
  const epoch = Math.floor(now.getTime() / 1000)
  const result = await verify({
    secret: seed,
    token: digits,
    epoch,
    period: periodSeconds,
    epochTolerance: toleranceSeconds,
    ...(lastStep === null ? {} : { afterTimeStep: lastStep }),
  })
  if (!result.valid) return null
  return Math.floor(epoch / periodSeconds) + result.delta
}
