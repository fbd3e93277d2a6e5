import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type ConsumerContract, consumerPolicy, consumers } from '@accord/contracts/consumer'
import { streams } from '@accord/contracts/stream'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import { nanos } from '@nats-io/nats-core'

let nats: TestNats
let jsm: JetStreamManager
beforeAll(async () => {
  nats = await startTestNats()
  jsm = await jetstreamManager(await nats.connect('provisioner'))
})
afterAll(() => nats.stop())

const job = async () => {
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/provision.ts`], {
    env: { NATS_URL: nats.url, NATS_SEED: nats.seedOf('provisioner') },
    stdout: 'pipe',
  })
  const said = await new Response(child.stdout).text()
  return { code: await child.exited, said }
}

test('the job leaves alone what is as it should be', async () => {
  const { code, said } = await job()
  expect(code).toBe(0)
  expect(said).toContain('created: none\nupdated: none\n')
})

test('the job changes in place what differs, and makes what is missing', async () => {
  const events = await jsm.streams.info('CHAT')
  await jsm.streams.update('CHAT', { ...events.config, max_age: nanos(3_600_000) })
  await jsm.consumers.delete('CHAT', 'notify-chat')
  const { said } = await job()
  expect(said).toContain('created: notify-chat\nupdated: CHAT\n')
  expect((await jsm.streams.info('CHAT')).config.max_age).toBe(events.config.max_age)
})

test('event streams are files with limits, and nobody can delete from them', async () => {
  for (const stream of streams) {
    const { config } = await jsm.streams.info(stream.name)
    expect(config).toMatchObject({
      storage: 'file',
      retention: 'limits',
      deny_delete: true,
      deny_purge: true,
      max_age: nanos(7 * 24 * 3600 * 1000),
      duplicate_window: nanos(600_000),
    })
    expect(await jsm.streams.purge(stream.name).catch((error: Error) => error.message)).toContain(
      'not permitted',
    )
  }
})

test('consumers are durable, explicit, never give up, and say what they are for', async () => {
  for (const consumer of Object.values<ConsumerContract>(consumers)) {
    const { config } = await jsm.consumers.info(consumer.stream, consumer.name)
    expect(config).toMatchObject({
      durable_name: consumer.name,
      ack_policy: 'explicit',
      ack_wait: nanos(consumerPolicy.ackWaitSeconds * 1000),
      max_deliver: -1,
      description: consumer.description,
    })
    expect(config.backoff).toBeUndefined()
    expect(config.metadata?.['io.nats.monitor.enabled']).toBe('1')
  }
})
