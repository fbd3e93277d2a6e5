import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto'

/** `bytes` random bytes in base64url: safe in addresses, files and headers. */
export function randomSecret(bytes = 24): string {
  return randomBytes(bytes).toString('base64url')
}

/** An Ed25519 key pair, each as the JSON of a JWK. */
export function generateKeyPair(): { publicKey: string; privateKey: string } {
  const pair = generateKeyPairSync('ed25519')
  return {
    publicKey: JSON.stringify(pair.publicKey.export({ format: 'jwk' })),
    privateKey: JSON.stringify(pair.privateKey.export({ format: 'jwk' })),
  }
}

/** A key pair for web push (RFC 8292): the uncompressed P-256 point and the scalar, in base64url. */
export function generateVapidKeys(): { publicKey: string; privateKey: string } {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  return {
    publicKey: curve.getPublicKey().toString('base64url'),
    // Leading zeros are part of the scalar.
    privateKey: Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()])
      .subarray(-32)
      .toString('base64url'),
  }
}
