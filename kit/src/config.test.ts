import { expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { ConfigError, readConfig, ServiceConfig } from './config.ts'

const complete = {
  NATS_URL: 'nats://127.0.0.1:4222',
  NATS_SEED: 'SUAEXAMPLE',
  REDIS_URL: 'redis://127.0.0.1:6379',
  ACTOR_PUBLIC_KEY: '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
  KEYRING_FILE: '/keys/keyring.json',
  PUBLIC_URL: 'http://localhost:8080',
  DATABASE_URL: 'postgres://accord:secret@127.0.0.1/accord',
}

test('numbers are read and defaults filled in', () => {
  const config = readConfig(ServiceConfig, { ...complete, METRICS_PORT: '9101', TRACES_URL: '' })
  expect(config).toMatchObject({ METRICS_PORT: 9101, LOG_LEVEL: 'info', REDIS_PREFIX: 'accord:' })
  expect(config.TRACES_URL).toBeUndefined()
})

test('everything that is wrong is said at once, and no value is shown', () => {
  const read = () =>
    readConfig(ServiceConfig, {
      ...complete,
      NATS_URL: undefined,
      ACTOR_PUBLIC_KEY: '{"kty":"OKP","crv":"Ed25519","x":"hunter2"}',
      KEYRING_FILE: '',
      DATABASE_URL: 'hunter2',
      METRICS_PORT: '99999',
      LOG_LEVEL: 'loud',
    })
  expect(read).toThrow(ConfigError)
  try {
    read()
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    expect(
      message
        .split('\n')
        .slice(1)
        .map((line) => line.trim()),
    ).toEqual([
      'NATS_URL is missing. Address of NATS.',
      'KEYRING_FILE is missing. File of this process’s key-encryption keys.',
      'METRICS_PORT is not valid: expected a whole number from 0 to 65535. Private port of /metrics, /healthz and /readyz on loopback; 0 takes a free one.',
      'LOG_LEVEL is not valid: expected one of debug, info, warn, error.',
      'ACTOR_PUBLIC_KEY is not valid: expected an Ed25519 public key as JWK. Of the gateway, as JSON.',
      'DATABASE_URL is not valid: expected a URL. The service’s own database.',
    ])
    expect(message).not.toMatch(/hunter2|99999|loud/)
  }
})

test('a private key is refused where a public one is asked for', () => {
  const ACTOR_PUBLIC_KEY = JSON.stringify({ ...JSON.parse(complete.ACTOR_PUBLIC_KEY), d: 'hunter2' })
  expect(() => readConfig(ServiceConfig, { ...complete, ACTOR_PUBLIC_KEY })).toThrow(
    'ACTOR_PUBLIC_KEY is not valid',
  )
})

test('text that is no number is refused, not taken as zero', () => {
  const schema = Type.Object({ PORT: Type.Integer(), DEBUG: Type.Boolean({ default: false }) })
  expect(() => readConfig(schema, { PORT: 'http' })).toThrow('PORT is not valid')
  expect(readConfig(schema, { PORT: '80', DEBUG: 'true' })).toEqual({ PORT: 80, DEBUG: true })
})
