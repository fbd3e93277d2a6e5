import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { entitlements } from '@accord/contracts/call/billing'
import { snapshot } from '@accord/contracts/call/identity'
import { matchBlock, matchOf } from '@accord/contracts/call/match'
import { type MemberFacts, profileChanged } from '@accord/contracts/event/identity'
import { newId } from '@accord/contracts/id'
import type { ServiceName } from '@accord/contracts/service'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Static } from '@sinclair/typebox'
import { isBrokenCircuitError } from 'cockatiel'
import { answer, type CallAnswer, createCaller } from './call.ts'
import { currentContext, runInContext } from './context.ts'
import { AppError } from './error.ts'
import { testApp } from './fixture/app.sample.ts'
import { type Responder, startResponder } from './http/responder.ts'
import { createLogger } from './log.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const input = matchOf.samples.request
let nats: TestNats
let chat: NatsConnection
let match: NatsConnection
let responder: Responder | undefined

beforeAll(async () => {
  nats = await startTestNats()
  ;[chat, match] = await Promise.all([nats.connect('chat'), nats.connect('match')])
}, 30_000)
afterAll(() => nats?.stop())

/** Answers on the subjects of match, or of another service, while `work` runs. */
async function answering(
  answers: CallAnswer[],
  work: () => Promise<void>,
  as: { nats: NatsConnection; service: ServiceName } = { nats: match, service: 'match' },
): Promise<void> {
  responder = await startResponder({
    ...as,
    version: '1.0.0',
    app: testApp().app,
    answers,
    log,
  })
  try {
    await work()
  } finally {
    await responder.stop()
  }
}

describe('a call', () => {
  test('gives what the other service answers', async () => {
    const found = { match: null }
    await answering([answer(matchOf, () => Promise.resolve(found))], async () => {
      expect(await createCaller(chat, { log })(matchOf, input)).toEqual(found)
    })
  })
  test('throws the refusal of the other service, with its code and detail', async () => {
    const refuse = () =>
      Promise.reject(
        new AppError('conflict', { detail: 'Not now.', retryAfterSeconds: 3, cause: new Error('x') }),
      )
    await answering([answer(matchOf, refuse)], async () => {
      expect(createCaller(chat, { log })(matchOf, input)).rejects.toMatchObject({
        name: 'AppError',
        code: 'conflict',
        detail: 'Not now.',
        retryAfterSeconds: 3,
      })
    })
  })
  test('learns nothing of the other service’s bugs', async () => {
    const fail = () => Promise.reject(new Error('hunter2'))
    await answering([answer(matchOf, fail)], async () => {
      const error = await createCaller(chat, { log })(matchOf, input).catch((thrown) => thrown)
      expect(error).toMatchObject({ code: 'internal' })
      expect(JSON.stringify(error)).not.toContain('hunter2')
    })
  })
  test('that needs what is away is unavailable, so that its caller waits instead of giving up', async () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    await answering([answer(matchOf, () => Promise.reject(lost))], async () => {
      await expect(createCaller(chat, { log })(matchOf, input)).rejects.toMatchObject({ code: 'unavailable' })
    })
  })
  test('whose answer is too large for a message fails at once', async () => {
    const page: Static<(typeof snapshot)['response']> = {
      streamSequence: 0,
      members: [
        {
          memberId: newId('mem'),
          version: 1,
          facts: profileChanged.sample as MemberFacts,
          blocked: Array.from({ length: 40_000 }, () => newId('mem')),
        },
      ],
      next: null,
    }
    await answering(
      [answer(snapshot, () => Promise.resolve(page))],
      async () => {
        const asked = createCaller(match, { log })(snapshot, snapshot.samples.request)
        await expect(asked).rejects.toMatchObject({ code: 'internal' })
      },
      { nats: await nats.connect('identity'), service: 'identity' },
    )
  })
  test('whose input does not fit the contract fails as a bug of the caller’s, which names no field of it', async () => {
    await answering([answer(matchOf, () => Promise.resolve({ match: null }))], async () => {
      const wrong = { matchId: 'mem_1' as never }
      const error = await createCaller(chat, { log })(matchOf, wrong).catch((thrown) => thrown)
      expect(error).toMatchObject({ code: 'internal', cause: { code: 'validation_failed' } })
      expect(error.fields).toBeUndefined()
      expect(error.cause.fields).toEqual([
        { path: '/matchId', in: 'body', expected: 'what the contract says' },
      ])
    })
  })
  test('whose answer does not fit the contract fails as a bug', async () => {
    await answering([answer(matchOf, () => Promise.resolve({ match: 1 as never }))], async () => {
      expect(createCaller(chat, { log })(matchOf, input)).rejects.toMatchObject({ code: 'internal' })
    })
  })
  test('that nobody answers is unavailable', async () => {
    expect(createCaller(match, { log })(entitlements, entitlements.samples.request)).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
  test('that takes too long is given up', async () => {
    const release = Promise.withResolvers<void>()
    const slow = answer(matchOf, async () => {
      await release.promise
      return { match: null }
    })
    await answering([slow], async () => {
      const call = createCaller(chat, { log })(matchOf, input, { timeoutMs: 50 })
      await call.then(
        () => expect.unreachable(),
        (error) => expect(error).toMatchObject({ code: 'timed_out' }),
      )
      release.resolve()
    })
  })
  test('takes no longer than the work it is made for may', async () => {
    const { code } = await runInContext({ requestId: 'r', deadline: performance.now() - 1 }, () =>
      createCaller(chat, { log })(matchOf, input).catch((error) => error),
    )
    expect(code).toBe('timed_out')
  })
  test('carries request id and trace along', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    let seen: ReturnType<typeof currentContext>
    const look = answer(matchOf, async () => {
      seen = currentContext()
      return { match: null }
    })
    await answering([look], async () => {
      await runInContext({ requestId: 'req-7', traceparent }, () =>
        createCaller(chat, { log })(matchOf, input),
      )
    })
    expect(seen).toMatchObject({ requestId: 'req-7', traceparent, operation: 'rpc.match.match' })
  })
})

describe('the circuit breaker', () => {
  test('stops asking a service that does not answer, and does not count refusals', async () => {
    const call = createCaller(chat, { log })
    const codes = async (count: number) => {
      const seen = new Set<string>()
      for (let n = 0; n < count; n += 1) {
        await call(matchOf, input).catch((error) =>
          seen.add(isBrokenCircuitError(error.cause) ? 'suspended' : error.code),
        )
      }
      return [...seen]
    }
    await answering([answer(matchOf, () => Promise.reject(new AppError('not_found')))], async () => {
      expect(await codes(20)).toEqual(['not_found'])
    })
    expect(await codes(40)).toEqual(['unavailable', 'suspended'])
  })
  test('counts only what was asked: work that is too late for a call says nothing of the other service', async () => {
    const call = createCaller(chat, { log })
    await answering([answer(matchOf, () => Promise.resolve({ match: null }))], async () => {
      const late = { requestId: 'r', deadline: performance.now() - 1 }
      for (let n = 0; n < 40; n += 1) {
        await expect(runInContext(late, () => call(matchOf, input))).rejects.toMatchObject({
          code: 'timed_out',
        })
      }
      expect(await call(matchOf, input)).toEqual({ match: null })
    })
  })
  test('of one subject does not touch another', async () => {
    const call = createCaller(await nats.connect('identity'), { log })
    const unanswered = { blockerId: input.matchId, blockedId: input.matchId } as never
    for (let n = 0; n < 20; n += 1) await call(matchBlock, unanswered).catch(() => {})
    const error = await call(entitlements, {} as never).catch((thrown) => thrown)
    expect(isBrokenCircuitError(error.cause)).toBe(false)
  })
})
