import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { accessToken } from '@accord/contracts/actor'
import { newId } from '@accord/contracts/id'
import { inboxPrefix } from '@accord/contracts/permission'
import { kvBuckets, kvSubject } from '@accord/contracts/stream'
import type { StackFile } from '@accord/stack/stack/report'
import { jetstream } from '@nats-io/jetstream'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface TokenFlaws {
  audience?: string
  issuer?: string
  type?: string
  /** Seconds from now; negative for an expired token. */
  expiresIn?: number
}

/**
 * Publishes a signing key of the tests' own beside identity's, so that tokens can be made whose only flaw is the one
 * under test. Needs the seed of identity's NATS user, which lies in the test stack's own folder.
 */
export async function createForger(
  stack: StackFile,
  memberId: string,
): Promise<(flaws: TokenFlaws) => Promise<string>> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const kid = `e2e-${crypto.randomUUID()}`
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }
  await publishKey(stack, kid, { keys: [jwk] })
  return (flaws) => {
    const nowS = Math.floor(Date.now() / 1000)
    return new SignJWT({ sid: newId('ses'), role: 'companion', amr: ['pwd'], auth_time: nowS, staff: false })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: flaws.type ?? accessToken.type })
      .setSubject(memberId)
      .setIssuer(flaws.issuer ?? accessToken.issuer)
      .setAudience(flaws.audience ?? accessToken.audience)
      .setIssuedAt(nowS - 3600)
      .setExpirationTime(nowS + (flaws.expiresIn ?? 300))
      .sign(privateKey)
  }
}

async function publishKey(stack: StackFile, kid: string, keySet: object): Promise<void> {
  const secrets = join(dirname(process.env.ACCORD_STACK ?? ''), 'secrets')
  const seed = readFileSync(join(secrets, 'nats-identity.nk'), 'utf8').trim()
  const nats = await connect({
    servers: stack.nats,
    name: 'identity',
    inboxPrefix: inboxPrefix('identity'),
    authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
  })
  await jetstream(nats).publish(kvSubject(kvBuckets.jwks, kid), JSON.stringify(keySet))
  await nats.close()
}
