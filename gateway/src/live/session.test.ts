import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { accessCookie } from '@accord/contracts/actor'
import type { ServerFrame } from '@accord/contracts/live'
import { kvBuckets } from '@accord/contracts/stream'
import { Kvm } from '@nats-io/kv'
import { publicUrl } from '../fixture/gateway.sample.ts'
import { someone, startTestLive, type TestLive } from '../fixture/live.sample.ts'

let live: TestLive
beforeAll(async () => {
  live = await startTestLive()
}, 30_000)
afterAll(() => live.stop(), 30_000)

const ofType = (type: string) => (frame: ServerFrame) => 'type' in frame && frame.type === type
/** Claims of a token that runs out so many seconds from now, by the sockets' time. */
const lasting = (seconds: number) => ({ iat: inSeconds(0), exp: inSeconds(seconds) })
const inSeconds = (seconds: number) => Math.floor(live.clock().getTime() / 1000) + seconds

async function fromBrowser(actor = someone({ mode: 'cookie' }), seconds = 600) {
  const cookie = `${accessCookie}=${await live.base.token(actor, lasting(seconds))}`
  const socket = await live.open(live.gateways[0], { cookie, origin: publicUrl })
  await socket.next(ofType('ready'))
  return { actor, socket }
}

describe('an access token', () => {
  test('that runs out is announced a minute before, and then closes the socket', async () => {
    const [gateway] = live.gateways
    const socket = await live.signIn(gateway, someone(), lasting(62))
    gateway.check()
    live.clock.advance(3000)
    gateway.check()
    expect(await socket.next(ofType('session.expiring'))).toBeDefined()
    live.clock.advance(60_000)
    gateway.check()
    expect(await socket.closed).toEqual({ code: 4101, reason: 'token_expired' })
    expect(socket.pushed.map((frame) => frame.type)).toEqual(['session.expiring'])
  })

  test('followed by a new one in time keeps the socket', async () => {
    const [gateway] = live.gateways
    const actor = someone()
    const socket = await live.signIn(gateway, actor, lasting(5))
    const reply = await socket.ask({
      type: 'refresh',
      token: await live.base.token(actor, lasting(600)),
    })
    expect(reply).toMatchObject({ ok: true })
    live.clock.advance(6000)
    gateway.check()
    expect(await socket.ask({ type: 'ping' })).toMatchObject({ ok: true })
  })

  test('of another member is refused on a socket, which stays whose it was', async () => {
    const socket = await live.signIn(live.gateways[0], someone())
    const reply = await socket.ask({ type: 'refresh', token: await live.base.token(someone()) })
    expect(reply).toMatchObject({ ok: false, code: 'forbidden' })
  })
})

describe('a browser’s session', () => {
  test('is looked at again when the socket asks, and keeps it past the cookie it came with', async () => {
    const [gateway] = live.gateways
    const { actor, socket } = await fromBrowser(someone({ mode: 'cookie' }), 5)
    live.behind.sessions.add(actor.sessionId)
    expect(await socket.ask({ type: 'refresh' })).toMatchObject({ ok: true })
    live.clock.advance(6000)
    gateway.check()
    expect(await socket.ask({ type: 'ping' })).toMatchObject({ ok: true })
  })

  test('that identity does not know any more ends there', async () => {
    const { socket } = await fromBrowser()
    expect(await socket.ask({ type: 'refresh' })).toMatchObject({ ok: false, code: 'session_revoked' })
    expect((await socket.closed).code).toBe(4102)
  })
})

describe('a revocation', () => {
  test('of a session tells its sockets and closes them at once, and no others of the member', async () => {
    const actor = someone()
    const [gateway, elsewhere] = live.gateways
    const ended = await Promise.all([live.signIn(gateway, actor), live.signIn(elsewhere, actor)])
    const other = await live.signIn(gateway, { ...actor, sessionId: someone().sessionId })
    await live.base.revoke(`session.${actor.sessionId}`, inSeconds(0))
    for (const socket of ended) {
      expect(await socket.closed).toEqual({ code: 4102, reason: 'sessionRevoked' })
      expect(socket.pushed).toEqual([{ type: 'session.revoked' }])
    }
    expect(await other.ask({ type: 'ping' })).toMatchObject({ ok: true })
  })

  test('of a member spares the session that began after it', async () => {
    const actor = someone()
    const [gateway] = live.gateways
    const old = await live.signIn(gateway, actor, { iat: inSeconds(-20) })
    const young = await live.signIn(gateway, actor, { iat: inSeconds(0) })
    await live.base.revoke(`member.${actor.memberId}`, inSeconds(-10))
    expect((await old.closed).code).toBe(4102)
    expect(await young.ask({ type: 'ping' })).toMatchObject({ ok: true })
  })
})

describe('a member', () => {
  test('has three sockets on all gateways: the fourth closes the oldest, wherever it is', async () => {
    const actor = someone()
    const [here, there] = live.gateways
    const first = await live.signIn(here, actor)
    const second = await live.signIn(there, actor)
    const third = await live.signIn(there, actor)
    const fourth = await live.signIn(there, actor)
    expect(await first.closed).toEqual({ code: 4103, reason: 'replaced' })
    for (const socket of [second, third, fourth]) {
      expect(await socket.ask({ type: 'ping' })).toMatchObject({ ok: true })
    }
    await live.signIn(here, actor)
    expect((await second.closed).code).toBe(4103)
  })

  test('who closed a socket has its place back', async () => {
    const actor = someone()
    const sockets = await Promise.all([0, 1, 2].map(() => live.signIn(live.gateways[0], actor)))
    const [left, ...staying] = sockets
    left?.close()
    await left?.closed
    await released(actor.memberId, 2)
    const next = await live.signIn(live.gateways[1], actor)
    for (const socket of [...staying, next]) {
      expect(await socket.ask({ type: 'ping' })).toMatchObject({ ok: true })
    }
  })

  test('whose gateway missed that a socket was replaced is told at the next ping', async () => {
    const actor = someone()
    const [gateway] = live.gateways
    const socket = await live.signIn(gateway, actor)
    // As if three others had come and the message about it was lost.
    const { redis } = gateway.running.gateway
    const key = `live:sockets:${actor.memberId}`
    const now = live.clock().getTime()
    await redis.del(key)
    for (const place of [2, 3, 4]) {
      await redis.zadd(key, now + 60_000, `${String(place).padStart(10, '0')}:elsewhere:socket-${place}`)
    }
    live.clock.advance(25_000)
    gateway.check()
    expect((await socket.closed).code).toBe(4103)
  })

  test('is online while one socket is open anywhere, and not after the last', async () => {
    const actor = someone()
    const kv = await new Kvm(await live.base.nats.connect('chat')).open(kvBuckets.presence.name)
    const watch = await kv.watch({ key: actor.memberId })
    const seen: string[] = []
    const offline = (async () => {
      for await (const entry of watch) {
        seen.push(entry.operation)
        if (entry.operation === 'DEL') return
      }
    })()
    const sockets = [await live.signIn(live.gateways[0], actor), await live.signIn(live.gateways[1], actor)]
    for (const [at, socket] of sockets.entries()) {
      socket.close()
      await socket.closed
      await released(actor.memberId, 1 - at)
    }
    await offline
    expect(seen.filter((operation) => operation === 'DEL')).toHaveLength(1)
  })

  test('who leaves while being let in is not online', async () => {
    const kv = await new Kvm(await live.base.nats.connect('chat')).open(kvBuckets.presence.name)
    const watch = await kv.watch()
    // Where a socket's end falls in is up to chance: some of these fall where they should.
    const actors = Array.from({ length: 20 }, () => someone({ mode: 'cookie' }))
    const shown = new Set<string>(actors.map(({ memberId }) => memberId))
    const allOffline = (async () => {
      for await (const { key, operation } of watch) {
        if (operation === 'DEL') shown.delete(key)
        if (shown.size === 0) return
      }
    })()
    for (const actor of actors) {
      const cookie = `${accessCookie}=${await live.base.token(actor, lasting(600))}`
      const socket = await live.open(live.gateways[0], { cookie, origin: publicUrl })
      socket.close()
    }
    await allOffline
  })
})

describe('a connection', () => {
  test('that answers pings stays', async () => {
    const [gateway] = live.gateways
    const socket = await live.signIn(gateway, someone(), lasting(600))
    for (let n = 0; n < 3; n++) {
      live.clock.advance(25_000)
      gateway.check()
      // The pong travels before this answer does.
      expect(await socket.ask({ type: 'ping' })).toMatchObject({ ok: true })
    }
  })
})

/** Resolves when Redis knows of this many sockets of a member. */
async function released(memberId: string, count: number): Promise<void> {
  const { redis } = live.gateways[0].running.gateway
  while ((await redis.zcard(`live:sockets:${memberId}`)) !== count) await Bun.sleep(2)
}
