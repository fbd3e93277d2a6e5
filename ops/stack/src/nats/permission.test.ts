import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventSubject } from '@accord/contracts/event/define'
import { mailRequested, memberConfirmed } from '@accord/contracts/event/identity'
import { type ServiceName, serviceNames } from '@accord/contracts/service'
import { kvBuckets, kvSubject } from '@accord/contracts/stream'
import { jetstream } from '@nats-io/jetstream'
import { Kvm } from '@nats-io/kv'
import { errors, type NatsConnection, nuid, type Subscription } from '@nats-io/nats-core'
import { Objm } from '@nats-io/obj'
import { startTestNats, type TestNats } from '../harness.ts'
import type { NatsIdentity } from './identity.ts'

let nats: TestNats
const opened = new Map<NatsIdentity, Promise<NatsConnection>>()
const as = (user: NatsIdentity): Promise<NatsConnection> => {
  const present = opened.get(user) ?? nats.connect(user)
  opened.set(user, present)
  return present
}
beforeAll(async () => {
  nats = await startTestNats()
})
afterAll(() => nats.stop())

/** The subject of the next refusal that the server tells this connection about. */
async function refusalOf(connection: NatsConnection, act: () => void): Promise<string> {
  const refused = (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'error' && status.error instanceof errors.PermissionViolationError) {
        return `${status.error.operation} ${status.error.subject}`
      }
    }
    return 'the connection was closed'
  })()
  act()
  return refused
}

describe('a service', () => {
  test('answers a request on its own subject', async () => {
    const chat = await as('chat')
    const answering = chat.subscribe('http.chat.listConversations', {
      queue: 'chat',
      callback: (_, message) => {
        message.respond('yes')
      },
    })
    await chat.flush()
    const answer = await (await as('gateway')).request('http.chat.listConversations', '', { timeout: 2000 })
    expect(answer.string()).toBe('yes')
    answering.unsubscribe()
  })

  test('is told at once when nobody answers', async () => {
    const asked = (await as('gateway')).request('http.billing.listPlans', '', { timeout: 5000 })
    expect(await asked.catch((error) => error)).toBeInstanceOf(errors.RequestError)
  })

  test.each(serviceNames)('%s may not publish outside its own subjects', async (name) => {
    const connection = await as(name)
    const other = serviceNames.find(
      (candidate) => candidate !== name && candidate !== 'notify',
    ) as ServiceName
    for (const subject of [
      `evt.${other}.thing.happened.x`,
      `http.${other}.anything`,
      '$JS.API.STREAM.LIST',
    ]) {
      const refusal = await refusalOf(connection, () => connection.publish(subject, 'x'))
      expect(refusal).toBe(`publish ${subject}`)
    }
  })

  test.each(serviceNames)(
    '%s may not listen to another’s replies, requests or live messages',
    async (name) => {
      const connection = await as(name)
      const other = name === 'chat' ? 'match' : 'chat'
      for (const subject of [
        `_INBOX_${other}.>`,
        '_INBOX_gateway.>',
        '>',
        `http.${other}.>`,
        'live.*',
        'evt.>',
      ]) {
        let subscription: Subscription | undefined
        const refusal = await refusalOf(connection, () => {
          subscription = connection.subscribe(subject, { callback: () => {} })
        })
        expect(refusal).toBe(`subscription ${subject}`)
        subscription?.unsubscribe()
      }
    },
  )

  test('may not create a consumer on an event stream', async () => {
    const chat = await as('chat')
    const subject = '$JS.API.CONSUMER.CREATE.IDENTITY.mine'
    expect(await refusalOf(chat, () => chat.publish(subject, '{}'))).toBe(`publish ${subject}`)
  })
})

describe('events', () => {
  test('are published once for one id, and reach the durable consumer of another service until it acks', async () => {
    const js = jetstream(await as('identity'))
    const subject = eventSubject(memberConfirmed, 'mem_1')
    const id = nuid.next()
    const first = await js.publish(subject, 'event', { msgID: id })
    expect((await js.publish(subject, 'event', { msgID: id })).duplicate).toBe(true)
    expect(first.duplicate).toBe(false)

    const consumer = await jetstream(await as('notify')).consumers.get('IDENTITY', 'notify-identity')
    const message = await consumer.next({ expires: 5000 })
    expect(message?.subject).toBe(subject)
    message?.working()
    message?.nak()
    const again = await consumer.next({ expires: 5000 })
    expect(again?.info.deliveryCount).toBe(2)
    expect(await again?.ackAck()).toBe(true)
    const info = await consumer.info()
    expect([info.num_pending, info.num_ack_pending]).toEqual([0, 0])
  })

  test('flow through consume() while it stays open', async () => {
    const consumer = await jetstream(await as('notify')).consumers.get('IDENTITY', 'notify-identity')
    const messages = await consumer.consume({ max_messages: 10 })
    await jetstream(await as('identity')).publish(eventSubject(mailRequested, 'eml_1'), 'mail')
    for await (const message of messages) {
      expect(message.string()).toBe('mail')
      message.ack()
      break
    }
    await messages.close()
  })
})

describe('buckets', () => {
  test('a key set by a plain publish, as the outbox does, reaches every gateway that watches', async () => {
    const bucket = await new Kvm(await as('gateway')).open(kvBuckets.revokedSessions.name)
    const watch = await bucket.watch()
    const js = jetstream(await as('identity'))
    await js.publish(kvSubject(kvBuckets.revokedSessions, 'session.ses_1'), '{"notBefore":1}', {
      msgID: 'row-1',
    })
    for await (const entry of watch) {
      expect([entry.key, entry.json<{ notBefore: number }>()]).toEqual(['session.ses_1', { notBefore: 1 }])
      break
    }
    expect((await bucket.get('session.ses_1'))?.string()).toBe('{"notBefore":1}')
  })

  test('a reader cannot write', async () => {
    const gateway = await as('gateway')
    const subject = '$KV.revoked-sessions.session.ses_2'
    expect(await refusalOf(gateway, () => gateway.publish(subject, 'x'))).toBe(`publish ${subject}`)
  })

  test('a writer puts, lists and deletes keys', async () => {
    const bucket = await new Kvm(await as('gateway')).open(kvBuckets.openapi.name)
    await bucket.put('chat', '{}')
    await bucket.update('chat', '{"a":1}', (await bucket.get('chat'))?.revision ?? 0)
    const keys: string[] = []
    for await (const key of await bucket.keys()) keys.push(key)
    expect(keys).toEqual(['chat'])
    await bucket.delete('chat')
    expect((await bucket.get('chat'))?.operation).toBe('DEL')
  })

  test('an upload goes from the gateway to identity, which removes it and keeps a picture for the gateway', async () => {
    const gateway = new Objm(await as('gateway'))
    const identity = new Objm(await as('identity'))
    const bytes = crypto.getRandomValues(new Uint8Array(400_000))
    const uploaded = await (await gateway.open('uploads')).putBlob({ name: 'upl_1' }, bytes)
    expect(uploaded.size).toBe(400_000)
    const inbox = await identity.open('uploads')
    expect(await inbox.getBlob('upl_1')).toEqual(bytes)
    expect((await inbox.delete('upl_1')).success).toBe(true)
    await (await identity.open('media')).putBlob({ name: 'picture' }, bytes)
    expect(await (await gateway.open('media')).getBlob('picture')).toEqual(bytes)
  })
})

describe('people', () => {
  test('the operator sees streams and consumers and changes none', async () => {
    const operator = await as('operator')
    const list = await operator.request('$JS.API.STREAM.LIST', '{}', { timeout: 5000 })
    expect(list.json<{ total: number }>().total).toBeGreaterThan(4)
    for (const subject of [
      '$JS.API.STREAM.DELETE.CHAT',
      '$JS.API.STREAM.MSG.GET.OBJ_media',
      '$JS.API.STREAM.PURGE.CHAT',
      'evt.chat.x.y.z',
      'live.mem_1',
    ]) {
      expect(await refusalOf(operator, () => operator.publish(subject, ''))).toBe(`publish ${subject}`)
    }
  })

  test('the surveyor asks the server from the system account and sees no member’s traffic', async () => {
    const surveyor = await as('surveyor')
    const answer = await surveyor.request('$SYS.REQ.SERVER.PING', '', { timeout: 5000 })
    expect(answer.json<{ server: { name: string } }>().server.name).toBe('accord-test')
    const heard: string[] = []
    surveyor.subscribe('>', {
      callback: (_, message) => {
        heard.push(message.subject)
      },
    })
    await surveyor.flush()
    const chat = await as('chat')
    chat.publish('live.mem_1', 'hello')
    await chat.flush()
    await surveyor.flush()
    expect(heard.filter((subject) => !subject.startsWith('$SYS.'))).toEqual([])
  })
})
