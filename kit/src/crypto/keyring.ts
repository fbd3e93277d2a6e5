import { openLocalKeyring } from './local-keyring.ts'

/** A data key under a key-encryption key (KEK); which version of it must be kept beside. */
export interface WrappedKey {
  kekVersion: number
  wrapped: Buffer
}

export interface BlindIndexKey {
  version: number
  key: Uint8Array
}

/**
 * Where key-encryption keys live. Asynchronous, since a provider may be a service (AWS KMS, Vault transit):
 * keys that wrap never leave it. `context` is authenticated with the key that is wrapped.
 */
export interface Keyring {
  /** Wraps with the current KEK. */
  wrap(dataKey: Uint8Array, context: string): Promise<WrappedKey>
  /** Throws when the KEK of that version is gone, or the context is another. */
  unwrap(wrapped: WrappedKey, context: string): Promise<Uint8Array>
  /** Version that {@link wrap} uses now. */
  currentKek(): Promise<number>
  /** Makes a new KEK current and gives its version; the earlier ones can still unwrap. */
  rotate(): Promise<number>
  /** Newest first: the first writes, all are looked up. */
  blindIndexKeys(): readonly BlindIndexKey[]
}

export type KeyringProvider = 'local' | 'aws-kms' | 'vault'

/**
 * Opens the keyring that the configuration names. Throws one readable line when it cannot: no file, a file
 * that others may read, or a provider that this build does not carry.
 */
export function openKeyring(options: {
  file?: string | undefined
  provider?: KeyringProvider | undefined
}): Keyring {
  const provider = options.provider ?? 'local'
  if (provider !== 'local') {
    throw new Error(
      `KEYRING_PROVIDER ${provider} is not part of this build: use local with KEYRING_FILE, or implement Keyring for it`,
    )
  }
  if (!options.file) throw new Error('KEYRING_FILE is not set: the file with the key-encryption keys')
  return openLocalKeyring(options.file)
}

export { generateKeyring } from './local-keyring.ts'
