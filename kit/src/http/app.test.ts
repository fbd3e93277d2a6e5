import { describe, expect, test } from 'bun:test'
import { Id } from '@accord/contracts/id'
import { PageQuery } from '@accord/contracts/page'
import { Type } from '@sinclair/typebox'
import { status } from 'elysia'
import { AppError } from '../error.ts'
import { ask, memberActor, now, testApp } from '../fixture/app.sample.ts'
import { NoContent, operation, RawBody, routes } from './operation.ts'

const Note = Type.Object({ text: Type.String({ minLength: 2, maxLength: 20 }), stars: Type.Integer() })
const Secret = Type.Object({
  password: Type.String({ minLength: 12 }),
  nested: Type.Optional(Type.Object({ at: Type.Optional(Type.Integer()) })),
  list: Type.Optional(Type.Array(Type.Object({ a: Type.Boolean() }))),
})
const params = Type.Object({ id: Id('con') })
const id = 'con_01k9zv8h5ae6wt3q4x7n2m0c1d'

const open = { access: 'public', summary: 'Test' } as const
const note = { text: 'hello', stars: 1 }

const features = () =>
  routes()
    .post(
      '/note',
      ({ body }) => body,
      operation({ id: 'addNote', ...open, body: Note, response: { 201: Note } }),
    )
    .get(
      '/notes',
      ({ query }) => ({ limit: query.limit ?? null }),
      operation({
        id: 'listNotes',
        ...open,
        query: PageQuery,
        response: { 200: Type.Object({ limit: Type.Union([Type.Integer(), Type.Null()]) }) },
      }),
    )
    .get(
      '/notes/:id',
      ({ params: { id } }) => ({ text: id, stars: 0 }),
      operation({
        id: 'getNote',
        ...open,
        params,
        response: { 200: Type.Object({ text: Type.String(), stars: Type.Integer() }) },
      }),
    )
    .post(
      '/secret',
      () => undefined,
      operation({ id: 'setSecret', ...open, body: Secret, response: { 204: NoContent } }),
    )
    .post('/touch', () => undefined, operation({ id: 'touchNote', ...open, response: { 204: NoContent } }))
    .get(
      '/refused',
      () => {
        throw new AppError('daily_likes_used', { detail: 'Come back tomorrow.', retryAfterSeconds: 60 })
      },
      operation({ id: 'refuseNote', ...open, response: { 200: Note } }),
    )
    .get(
      '/broken',
      () => {
        throw new Error('connection to 10.0.0.7 with password hunter2 failed')
      },
      operation({ id: 'breakNote', ...open, response: { 200: Note } }),
    )
    .get(
      '/misfit',
      () => ({ text: 'my diary entry', stars: 'none' }) as never,
      operation({ id: 'misfitNote', ...open, response: { 200: Note } }),
    )
    .get(
      '/leaking',
      () => ({ ...note, passwordHash: 'argon2id' }),
      operation({ id: 'leakNote', ...open, response: { 200: Note } }),
    )
    .get(
      '/teapot',
      () => {
        throw status(202, note)
      },
      operation({ id: 'brewNote', ...open, response: { 200: Note, 202: Note } }),
    )
    .post(
      '/hook',
      ({ body }) => ({ bytes: body.length }),
      operation({
        id: 'receiveHook',
        access: 'webhook',
        summary: 'Test',
        body: RawBody,
        response: { 200: Type.Object({ bytes: Type.Integer() }) },
      }),
    )
    .get(
      '/big',
      () => ({ text: 10n as never, stars: 1 }),
      operation({ id: 'bigNote', ...open, response: { 200: Note } }),
    )
    .get(
      '/mine',
      ({ caller }) => ({ ...note, text: caller.actor.role }),
      operation({ ...open, id: 'mine', access: 'member', response: { 200: Note } }),
    )
    .get(
      '/careful',
      () => note,
      operation({ ...open, id: 'careful', access: 'step-up', response: { 200: Note } }),
    )
    .get(
      '/staff',
      () => note,
      operation({ ...open, id: 'staffOnly', access: 'staff', response: { 200: Note } }),
    )

function make() {
  const { app, lines } = testApp()
  return { app: app.use(features()), lines }
}

describe('an answer', () => {
  test('has the one status that its operation declares', async () => {
    expect(await ask(make().app, 'addNote', 'POST /note', { body: note })).toMatchObject({
      status: 201,
      body: note,
    })
    const empty = await ask(make().app, 'setSecret', 'POST /secret', {
      body: { password: 'correct horse battery' },
    })
    expect(empty).toMatchObject({ status: 204, body: null })
  })
  test('that was thrown as status() is kept', async () => {
    expect(await ask(make().app, 'brewNote', 'GET /teapot')).toMatchObject({ status: 202, body: note })
  })
  test.each([
    ['misfitNote', 'GET /misfit'],
    ['leakNote', 'GET /leaking'],
  ])(
    'of %s that does not fit its schema is our fault, and neither shown nor logged',
    async (operationId, line) => {
      const { app, lines } = make()
      const { status: answered, problem } = await ask(app, operationId, line)
      expect(answered).toBe(500)
      expect(problem.code).toBe('internal')
      expect(lines).toHaveLength(1)
      for (const secret of ['diary', 'argon2id']) {
        expect(JSON.stringify(problem) + lines[0]).not.toContain(secret)
      }
      expect(lines[0]).toContain('does not fit its own schema')
    },
  )
  test('that holds a BigInt is no JSON: our fault as well', async () => {
    expect((await ask(make().app, 'bigNote', 'GET /big')).problem.code).toBe('internal')
  })
})

describe('a failure', () => {
  test('that is expected becomes the problem document of its code', async () => {
    const { status: answered, problem, headers } = await ask(make().app, 'refuseNote', 'GET /refused')
    expect(answered).toBe(429)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(headers.get('retry-after')).toBe('60')
    expect(problem).toEqual({
      type: 'https://accord.example/problems/daily_likes_used',
      title: 'Today’s likes are used.',
      status: 429,
      code: 'daily_likes_used',
      detail: 'Come back tomorrow.',
      requestId: 'req-1',
      retryAfterSeconds: 60,
    })
  })
  test('that is a bug is logged with its stack and shows nothing', async () => {
    const { app, lines } = make()
    const { status: answered, problem } = await ask(app, 'breakNote', 'GET /broken')
    expect({ answered, problem }).toEqual({
      answered: 500,
      problem: {
        type: 'https://accord.example/problems/internal',
        title: 'Something went wrong on our side.',
        status: 500,
        code: 'internal',
        requestId: 'req-1',
      },
    })
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      level: 'error',
      requestId: 'req-1',
      error: { message: expect.stringContaining('hunter2'), stack: expect.stringContaining('app.test.ts') },
    })
  })
  test.each(['40P01', '40001', '55P03', 'ECONNREFUSED'])('of %s may be tried again', async (code) => {
    const fail = () => Promise.reject(Object.assign(new Error('lost'), { code }))
    const answer = await ask(
      testApp().app.use(
        routes().get('/lost', fail, operation({ id: 'lost', ...open, response: { 200: Note } })),
      ),
      'lost',
      'GET /lost',
    )
    expect(answer.problem.code).toBe('unavailable')
    expect(answer.headers.get('retry-after')).toBe('1')
  })
  test('to find a path is a 404', async () => {
    expect((await ask(make().app, 'addNote', 'GET /nowhere')).problem.code).toBe('not_found')
    expect((await ask(make().app, 'listNotes', 'GET /notes/')).problem.code).toBe('not_found')
  })
})

describe('a body', () => {
  const send = (body: unknown, contentType?: string | null) =>
    ask(make().app, 'addNote', 'POST /note', { body, ...(contentType === undefined ? {} : { contentType }) })

  test.each([
    ['of a form', 'text=hello&stars=1', 'application/x-www-form-urlencoded'],
    ['of a multipart form', '--x\r\n', 'multipart/form-data; boundary=x'],
    ['of plain text', JSON.stringify(note), 'text/plain'],
    ['without a content type', JSON.stringify(note), null],
  ])('%s is not read', async (_, body, contentType) => {
    const { status: answered, problem } = await send(body, contentType)
    expect(answered).toBe(415)
    expect(problem.code).toBe('unsupported_media_type')
  })
  test('is read with a charset in its content type', async () => {
    expect((await send(note, 'Application/JSON; charset=utf-8')).status).toBe(201)
  })
  test.each([
    ['broken JSON', '{"text":'],
    ['no JSON', 'hello'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ])('of %s is malformed', async (_, body) => {
    const { status: answered, problem } = await send(body)
    expect(answered).toBe(400)
    expect(problem.code).toBe('malformed_request')
  })
  test('that is missing is told so', async () => {
    const { status: answered, problem } = await send(undefined)
    expect(answered).toBe(422)
    expect(problem.fields).toEqual([{ path: '', in: 'body', expected: 'object' }])
  })
  test('above the limit of its operation is refused', async () => {
    expect((await send({ text: 'x'.repeat(70_000), stars: 1 })).problem.code).toBe('payload_too_large')
  })
  test('is not coerced', async () => {
    const { problem } = await send({ text: 'hello', stars: '1' })
    expect(problem.fields).toEqual([{ path: '/stars', in: 'body', expected: 'integer' }])
  })
  test('with unknown fields is refused, however deep they are', async () => {
    const { problem } = await ask(make().app, 'setSecret', 'POST /secret', {
      body: { password: 'correct horse battery', admin: true, nested: { b: 1 }, list: [{ a: true, c: 1 }] },
    })
    expect(problem.fields?.map((field) => field.path)).toEqual(['/admin', '/nested/b', '/list/0/c'])
  })
  test('is refused where none is taken, but for an empty one', async () => {
    const send = (body: unknown) => ask(make().app, 'touchNote', 'POST /touch', { body })
    expect((await send({ admin: true })).problem.fields).toEqual([
      { path: '', in: 'body', expected: 'no body' },
    ])
    expect((await send({})).status).toBe(204)
    expect((await send(undefined)).status).toBe(204)
  })
  test('with a key __proto__ is refused', async () => {
    const { problem } = await send('{"text":"hello","stars":1,"__proto__":{"admin":true}}')
    expect(problem.fields).toEqual([{ path: '/__proto__', in: 'body', expected: 'no field of this name' }])
  })
  test('nested too deeply is malformed', async () => {
    const nest = (depth: number) => `{"nested":${'['.repeat(depth)}${']'.repeat(depth)}}`
    for (const depth of [40, 20_000]) expect((await send(nest(depth))).problem.code).toBe('malformed_request')
    expect((await send(nest(20))).problem.code).toBe('validation_failed')
  })
  test('with a character that no column can hold is refused, and says where', async () => {
    const { problem } = await send({ text: 'hello', stars: 1, list: [{ 'a/b': ['fine', 'nul \u0000'] }] })
    expect(problem.fields).toEqual([{ path: '/list/0/a~1b/1', in: 'body', expected: 'text without U+0000' }])
    expect((await send({ text: 'back\\u0000slash', stars: 1 })).status).toBe(201)
  })
  test('of a webhook arrives byte for byte', async () => {
    const body = '{"unknown" : [1,  2] }'
    const answer = await ask(make().app, 'receiveHook', 'POST /hook', { body, contentType: 'text/plain' })
    expect(answer).toMatchObject({ status: 200, body: { bytes: body.length } })
  })
  test('that is refused is never sent back, nor logged', async () => {
    const { app, lines } = make()
    const { problem, status: answered } = await ask(app, 'setSecret', 'POST /secret', {
      body: { password: 'hunter2' },
    })
    expect(answered).toBe(422)
    expect(problem.fields).toEqual([
      { path: '/password', in: 'body', expected: 'string of at least 12 characters' },
    ])
    expect(JSON.stringify(problem) + lines.join()).not.toContain('hunter2')
  })
})

describe('path and query', () => {
  test('are read as the numbers that they are declared to be', async () => {
    expect((await ask(make().app, 'listNotes', 'GET /notes?limit=7')).body).toEqual({ limit: 7 })
  })
  test.each(['0', '101', '1.5', '1e1', '0x1', '', 'abc', '١', ' 1'])(
    'refuse %p for a limit',
    async (text) => {
      const { status: answered, problem } = await ask(
        make().app,
        'listNotes',
        `GET /notes?limit=${encodeURIComponent(text)}`,
      )
      expect(answered).toBe(422)
      expect(problem.fields).toEqual([{ path: '/limit', in: 'query', expected: 'integer from 1 to 100' }])
    },
  )
  test('with a character that no column can hold are malformed', async () => {
    expect((await ask(make().app, 'listNotes', 'GET /notes?cursor=a%00b')).problem.code).toBe(
      'malformed_request',
    )
    expect((await ask(make().app, 'getNote', 'GET /notes/a%00b')).problem.code).toBe('malformed_request')
  })
  test('refuse parameters that are not declared', async () => {
    const { problem } = await ask(make().app, 'listNotes', 'GET /notes?page=2')
    expect(problem.fields).toEqual([{ path: '/page', in: 'query', expected: 'no field of this name' }])
  })
  test('refuse an id of another kind', async () => {
    expect((await ask(make().app, 'getNote', `GET /notes/${id}`)).status).toBe(200)
    const { problem } = await ask(make().app, 'getNote', 'GET /notes/mem_01k9zv8h5ae6wt3q4x7n2m0c1d')
    expect(problem.fields?.[0]).toMatchObject({ path: '/id', in: 'path' })
  })
})

describe('access', () => {
  const old = memberActor({ authenticatedAt: now.getTime() / 1000 - 601 })
  test.each([
    ['mine', 'GET /mine', undefined, 'unauthenticated'],
    ['mine', 'GET /mine', 'a forged assertion', 'unauthenticated'],
    ['listNotes', 'GET /notes', 'a forged assertion', 'unauthenticated'],
    ['careful', 'GET /careful', undefined, 'unauthenticated'],
    ['careful', 'GET /careful', old, 'step_up_required'],
    ['staffOnly', 'GET /staff', undefined, 'unauthenticated'],
    ['staffOnly', 'GET /staff', memberActor(), 'forbidden'],
  ] as const)('to %s (%s) is refused to the wrong one', async (operationId, line, actor, code) => {
    const { problem } = await ask(make().app, operationId, line, actor === undefined ? {} : { actor })
    expect(problem.code).toBe(code)
  })
  test.each([
    ['mine', 'GET /mine', old],
    ['careful', 'GET /careful', memberActor()],
    ['staffOnly', 'GET /staff', memberActor({ staff: true })],
    ['listNotes', 'GET /notes', memberActor()],
  ])('to %s (%s) is given to the right one', async (operationId, line, actor) => {
    expect((await ask(make().app, operationId, line, { actor })).status).toBe(200)
  })
  test('is decided by the route, whatever subject the request came on', async () => {
    expect((await ask(make().app, 'listNotes', 'GET /mine')).problem.code).toBe('not_found')
  })
  test('to a route that declares none is refused to everybody', async () => {
    const { app, lines } = testApp()
    const naked = app.get('/naked', () => 'hello')
    expect((await ask(naked, 'naked', 'GET /naked', { actor: memberActor({ staff: true }) })).status).toBe(
      500,
    )
    expect(lines[0]).toContain('GET /naked declares no access rule')
  })
})
