import { afterAll, beforeAll, expect, test } from 'bun:test'
import { someone, startTestLive, type TestLive } from '../fixture/live.sample.ts'

let live: TestLive
beforeAll(async () => {
  live = await startTestLive()
}, 30_000)
afterAll(() => live.stop(), 30_000)

test('a gateway that ends sends its clients elsewhere, with their places given back', async () => {
  const [ending, staying] = live.gateways
  const actor = someone()
  const here = await live.signIn(ending, actor)
  const others = await Promise.all(Array.from({ length: 10 }, () => live.signIn(ending, someone())))
  const there = await live.signIn(staying, actor)
  await ending.running.drain()
  for (const socket of [here, ...others])
    expect(await socket.closed).toEqual({ code: 4000, reason: 'goingAway' })
  expect(await staying.running.gateway.redis.zcard(`live:sockets:${actor.memberId}`)).toBe(1)
  expect(await there.ask({ type: 'ping' })).toMatchObject({ ok: true })
})
