import { BlockList, isIP } from 'node:net'

export type AddressOf = (peer: string, headers: Headers) => string

/**
 * Finds the client's address. X-Forwarded-For counts only when the peer is a proxy that we trust, and is read
 * from its end: everything before the first address that no proxy of ours vouches for is the client's own story.
 * `proxies` are addresses or CIDR blocks; throws an Error for one that is neither.
 */
export function createAddressOf(proxies: readonly string[]): AddressOf {
  const trusted = new BlockList()
  for (const proxy of proxies) addTo(trusted, proxy)
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

  return (peer, headers) => {
    let client = plainAddress(peer)
    if (proxies.length === 0) return client
    const forwarded = headers.get('x-forwarded-for')?.split(',') ?? []
    while (forwarded.length > 0 && isTrusted(client)) {
      const next = plainAddress((forwarded.pop() ?? '').trim())
      if (isIP(next) === 0) break
      client = next
    }
    return client
  }
}

/** What limits are counted by: an IPv6 subscriber holds at least a /64 and could use a new address each time. */
export function limitKeyOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length < 8 - after.length) groups.push('0')
    groups.push(...after)
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** An IPv4 client of a dual-stack socket shows as `::ffff:1.2.3.4`. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}

function addTo(list: BlockList, proxy: string): void {
  const [address = '', bits] = proxy.split('/')
  const version = isIP(address)
  const length = bits === undefined ? (version === 6 ? 128 : 32) : Number(bits)
  const max = version === 6 ? 128 : 32
  if (version === 0 || !Number.isInteger(length) || length < 0 || length > max)
    throw new Error(`TRUSTED_PROXIES: ${proxy} is not an address or a CIDR block`)
  list.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4')
}
