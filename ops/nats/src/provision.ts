/**
 * The job that brings streams, consumers and buckets to what contracts say. Run it before each rollout; it
 * changes in place and may be repeated. NATS_URL; NATS_SEED of the user provisioner; REPLICAS (1, 3 or 5);
 * NATS_CA for servers with a certificate of their own authority.
 */
import { inboxPrefix } from '@accord/contracts/permission'
import { provision } from '@accord/stack/nats/provision'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'

const { NATS_URL, NATS_SEED, NATS_CA, REPLICAS = '1' } = process.env
const wrong = [
  NATS_URL ? null : 'NATS_URL is missing: address of NATS, several by comma',
  NATS_SEED ? null : 'NATS_SEED is missing: the seed of the user provisioner',
  ['1', '3', '5'].includes(REPLICAS) ? null : 'REPLICAS must be 1, 3 or 5',
].filter((problem) => problem !== null)
if (wrong.length > 0 || !NATS_URL || !NATS_SEED) {
  console.error(wrong.join('\n'))
  process.exit(1)
}

try {
  const connection = await connect({
    servers: NATS_URL.split(','),
    name: 'provisioner',
    inboxPrefix: inboxPrefix('provisioner'),
    authenticator: nkeyAuthenticator(new TextEncoder().encode(NATS_SEED)),
    timeout: 10_000,
    ...(NATS_CA ? { tls: { caFile: NATS_CA } } : {}),
  })
  const report = await provision(connection, { replicas: Number(REPLICAS) })
  for (const [what, names] of Object.entries(report))
    console.log(`${what}: ${names.sort().join(', ') || 'none'}`)
  await connection.close()
} catch (error) {
  console.error(`not provisioned: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
