/** Private keys belong to no member: the service itself owns their data key. */
export function sealedPrivateKey(kid: string) {
  return { owner: 'identity', table: 'signing_keys', column: 'private', row: kid }
}
