import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { accessCookie } from '@accord/contracts/actor'
import { newId } from '@accord/contracts/id'
import { nowSeconds, publicUrl } from '../fixture/gateway.sample.ts'
import { messageOf, someone, startTestLive, type TestLive } from '../fixture/live.sample.ts'
import { sendRawRequest } from '../fixture/raw-request.sample.ts'

let live: TestLive
beforeAll(async () => {
  live = await startTestLive()
}, 30_000)
afterAll(() => live.stop(), 30_000)

const conversationId = newId('con')
const draft = (text: string) => ({
  type: 'send' as const,
  conversationId,
  clientMessageId: crypto.randomUUID(),
  text,
})

describe('signing in', () => {
  test('with a token in the first frame opens the way', async () => {
    const actor = someone()
    const socket = await live.open(live.gateways[0])
    expect(await socket.ask(draft('too early'))).toMatchObject({ ok: false, code: 'unauthenticated' })
    const reply = await socket.ask({ type: 'auth', token: await live.base.token(actor) })
    expect(reply).toMatchObject({ ok: true, memberId: actor.memberId })
    expect(await socket.ask(draft('hello'))).toMatchObject({
      ok: true,
      message: { senderId: actor.memberId },
    })
  })

  test('with a bad token closes the socket for good', async () => {
    const socket = await live.open(live.gateways[0])
    expect(await socket.ask({ type: 'auth', token: 'not.a.token' })).toMatchObject({
      ok: false,
      code: 'unauthenticated',
    })
    expect(await socket.closed).toEqual({ code: 4101, reason: 'unauthenticated' })
  })

  test('with a cookie from our own page needs no frame', async () => {
    const actor = someone({ mode: 'cookie' })
    const cookie = `${accessCookie}=${await live.base.token(actor)}`
    const socket = await live.open(live.gateways[0], { cookie, origin: publicUrl })
    expect(await socket.next((frame) => 'type' in frame && frame.type === 'ready')).toMatchObject({
      memberId: actor.memberId,
    })
    expect(await socket.ask(draft('hello'))).toMatchObject({ ok: true })
  })

  test('with a cookie from another site’s page, or from none, is refused', async () => {
    const cookie = `${accessCookie}=${await live.base.token(someone())}`
    for (const headers of [{ cookie, origin: 'https://elsewhere.example' }, { cookie }]) {
      const handshake = { upgrade: 'websocket', connection: 'upgrade', ...headers }
      const answer = await fetch(`${live.gateways[0].running.url}/api/v1/live`, { headers: handshake })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'csrf_refused' })
    }
  })

  test('with a cookie that has expired closes with a code that a page can read', async () => {
    const expired = { iat: nowSeconds() - 700, exp: nowSeconds() - 100 }
    const cookie = `${accessCookie}=${await live.base.token(someone(), expired)}`
    const socket = await live.open(live.gateways[0], { cookie, origin: publicUrl })
    expect(await socket.closed).toEqual({ code: 4101, reason: 'token_expired' })
  })

  test('that does not happen within ten seconds closes the socket', async () => {
    const socket = await live.open(live.gateways[0])
    // Answered, so that the socket is known to be there.
    await socket.ask({ type: 'ping' })
    live.clock.advance(9000)
    live.gateways[0].check()
    await socket.ask({ type: 'ping' })
    live.clock.advance(1000)
    live.gateways[0].check()
    expect((await socket.closed).code).toBe(4100)
  })

  test('by a token in the address is refused', async () => {
    const url = `${live.gateways[0].running.url}/api/v1/live?token=${await live.base.token(someone())}`
    const answer = await fetch(url, { headers: { upgrade: 'websocket', connection: 'upgrade' } })
    expect(answer.status).toBe(400)
  })

  test('by a handshake that is none is refused, whatever Host it names', async () => {
    const { port } = live.gateways[0].running
    const answer = await sendRawRequest(port, 'GET /api/v1/live HTTP/1.1', 'Host: [', 'Upgrade: websocket')
    expect(answer).toStartWith('HTTP/1.1 400')
  })

  test('is waited for on thirty sockets of one address, not on more', async () => {
    const [gateway] = live.gateways
    const silent = []
    const handshake = { upgrade: 'websocket', connection: 'upgrade' }
    const refused = async () =>
      (await fetch(`${gateway.running.url}/api/v1/live`, { headers: handshake })).status
    for (let n = 0; n < 30; n++) silent.push(await live.open(gateway))
    expect(await refused()).toBe(429)
    for (const socket of silent) {
      socket.close()
      await socket.closed
    }
    await live.signIn(gateway, someone())
  })

  test('twice on one socket is a conflict', async () => {
    const actor = someone()
    const socket = await live.signIn(live.gateways[0], actor)
    const reply = await socket.ask({ type: 'auth', token: await live.base.token(someone()) })
    expect(reply).toMatchObject({ ok: false, code: 'conflict' })
  })
})

describe('frames', () => {
  test('are performed in order, and refused as the operation refuses', async () => {
    const actor = someone()
    const socket = await live.signIn(live.gateways[0], actor)
    const texts = Array.from({ length: 20 }, (_, n) => `message ${n}`)
    await Promise.all(texts.map((text) => socket.ask(draft(text))))
    const own = live.behind.sent.filter((message) => message.senderId === actor.memberId)
    expect(own.map((message) => message.text)).toEqual(texts)
    expect(await socket.ask(draft('to a closed one'))).toMatchObject({
      ok: false,
      code: 'conversation_closed',
      title: 'This conversation is closed.',
    })
  })

  test('read, typing, resume and ping are answered', async () => {
    const socket = await live.signIn(live.gateways[0], someone())
    expect(await socket.ask({ type: 'read', conversationId, upToSeq: 3 })).toMatchObject({
      ok: true,
      upToSeq: 3,
      unreadCount: 0,
    })
    expect(await socket.ask({ type: 'typing', conversationId })).toMatchObject({ ok: true, delivered: true })
    expect(await socket.ask({ type: 'resume', conversations: { [conversationId]: 7 } })).toMatchObject({
      ok: true,
      conversations: { [conversationId]: { recovered: true, seq: 7 } },
    })
    expect(await socket.ask({ type: 'ping' })).toMatchObject({ ok: true })
  })

  test('with a wrong field say which, and never what was in it', async () => {
    const socket = await live.signIn(live.gateways[0], someone())
    const reply = await socket.ask({ ...draft('hello'), conversationId: 'con_secret' })
    expect(reply).toMatchObject({
      ok: false,
      code: 'validation_failed',
      fields: [{ path: '/conversationId' }],
    })
    expect(JSON.stringify(reply)).not.toContain('secret')
  })

  test('that cannot be read are answered, and the fifth closes the socket', async () => {
    for (const nonsense of ['{', '[]', '{"type":"dance","id":1}', 'x'.repeat(17_000), new Uint8Array(4)]) {
      const socket = await live.signIn(live.gateways[0], someone())
      for (let n = 0; n < 5; n++) socket.sendRaw(nonsense)
      expect(await socket.next((frame) => 're' in frame && frame.re === null)).toMatchObject({
        ok: false,
        code: 'malformed_request',
      })
      expect((await socket.closed).code).toBe(4104)
    }
  })

  test('past what anybody types are refused, and past twice that close the socket', async () => {
    const socket = await live.signIn(live.gateways[0], someone())
    for (let n = 0; n < 240; n++) socket.sendRaw('{"type":"ping","id":"flood"}')
    expect(await socket.ask({ type: 'ping' })).toMatchObject({ ok: false, code: 'too_many_requests' })
    for (let n = 0; n < 240; n++) socket.sendRaw('{"type":"ping","id":"flood"}')
    expect((await socket.closed).code).toBe(4105)
  })

  test('a member’s sixty-first message in a minute is refused, whichever socket it comes by', async () => {
    const actor = someone()
    const sockets = await Promise.all(live.gateways.map((gateway) => live.signIn(gateway, actor)))
    for (let n = 0; n < 60; n++) {
      expect(await sockets[n % 2]?.ask(draft(`message ${n}`))).toMatchObject({ ok: true })
    }
    for (const socket of sockets) {
      const reply = await socket.ask(draft('one too many'))
      expect(reply).toMatchObject({ ok: false, code: 'too_many_requests' })
      expect(!reply.ok && reply.retryAfterSeconds).toBeWithin(1, 61)
    }
  }, 20_000)
})

describe('events', () => {
  test('reach every socket of a member on every gateway, and nobody else’s', async () => {
    const [actor, other] = [someone(), someone()]
    const own = await Promise.all(live.gateways.map((gateway) => live.signIn(gateway, actor)))
    const foreign = await live.signIn(live.gateways[0], other)
    const event = {
      type: 'message.created' as const,
      conversationId,
      seq: 1,
      message: messageOf(other.memberId, conversationId, 1, 'hello'),
    }
    await live.publish(actor.memberId, event)
    for (const socket of own) {
      expect(await socket.next((frame) => 'type' in frame && frame.type === 'message.created')).toEqual(event)
    }
    await foreign.ask({ type: 'ping' })
    expect(foreign.pushed).toEqual([])
  })

  test('missed while away are found again by resume', async () => {
    const actor = someone()
    const first = await live.signIn(live.gateways[0], actor)
    first.close()
    await first.closed
    await live.publish(actor.memberId, { type: 'typing', conversationId, memberId: newId('mem') })
    const second = await live.signIn(live.gateways[1], actor)
    await second.ask({ type: 'resume', conversations: { [conversationId]: 41 } })
    expect(second.pushed).toEqual([])
    expect(live.behind.resumed).toContainEqual({ [conversationId]: 41 })
  })

  test('lost while NATS was away are announced: every client is told to resume', async () => {
    const actor = someone()
    const socket = await live.signIn(live.gateways[0], actor)
    await live.base.nats.restart()
    const ready = await socket.next((frame) => 'type' in frame && frame.type === 'ready')
    expect(ready).toMatchObject({ memberId: actor.memberId })
    await live.publish(actor.memberId, { type: 'notification', unread: 2 })
    expect(await socket.next((frame) => 'type' in frame && frame.type === 'notification')).toMatchObject({
      unread: 2,
    })
  }, 20_000)
})
