import { liveLimits } from '@accord/contracts/live'
import type { Redis } from 'ioredis'

/** Longer than two pings: a socket that is alive has renewed by then. */
export const leaseMs = 3 * liveLimits.pingSeconds * 1000

/** Where a socket is, in the words of its lease: `<place in order>:<gateway>:<socket>`. */
export interface LeaseHolder {
  gatewayId: string
  socketId: string
}

/**
 * The sockets of one member on all gateways: a sorted set, scored by when each lease ends. The place in order
 * is given here and not taken from a gateway's clock, so that "the oldest" means the same to all of them.
 * KEYS: the set. ARGV: now, end of the lease, its length, how many may be, the lease ('' for a new socket),
 * gateway and socket. Gives the lease, then those that had to go, the oldest first.
 */
const takeScript = `
local key, now, ends, length, limit, lease, name = KEYS[1], ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]
redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
if lease == '' then
  local last = 0
  for _, held in ipairs(redis.call('ZRANGE', key, 0, -1)) do
    last = math.max(last, tonumber(string.sub(held, 1, 10)))
  end
  lease = string.format('%010d', last + 1) .. ':' .. name
end
redis.call('ZADD', key, ends, lease)
redis.call('PEXPIRE', key, length)
local held = redis.call('ZRANGE', key, 0, -1)
table.sort(held)
local answer = { lease }
for i = 1, #held - limit do
  redis.call('ZREM', key, held[i])
  answer[i + 1] = held[i]
end
return answer`

/**
 * Takes or renews a socket's place. Renewing one that was lost takes it again, and may name the socket itself
 * as the one that has to go: a gateway that did not hear so the first time learns it now.
 */
export async function takeLease(
  redis: Redis,
  memberId: string,
  holder: LeaseHolder & { lease: string | null },
  now: number,
): Promise<{ lease: string; surplus: LeaseHolder[] }> {
  const [lease = '', ...surplus] = (await redis.eval(
    takeScript,
    1,
    keyOf(memberId),
    now,
    now + leaseMs,
    leaseMs,
    liveLimits.socketsPerMember,
    holder.lease ?? '',
    `${holder.gatewayId}:${holder.socketId}`,
  )) as string[]
  return { lease, surplus: surplus.map(holderOf) }
}

/** Gives a place back. Answers how many sockets the member has left, on all gateways. */
export async function releaseLease(
  redis: Redis,
  memberId: string,
  lease: string,
  now: number,
): Promise<number> {
  const key = keyOf(memberId)
  const answers = await redis.multi().zrem(key, lease).zcount(key, now, '+inf').exec()
  return Number(answers?.[1]?.[1] ?? 0)
}

const keyOf = (memberId: string) => `live:sockets:${memberId}`

function holderOf(lease: string): LeaseHolder {
  const [, gatewayId = '', socketId = ''] = lease.split(':')
  return { gatewayId, socketId }
}
