import { expect, test } from 'bun:test'
import { runInContext } from './context.ts'
import { AppError } from './error.ts'
import { createLogger } from './log.ts'

function make(level?: 'debug' | 'warn' | 'silent') {
  const lines: string[] = []
  const log = createLogger({
    service: 'chat',
    write: (line) => lines.push(line),
    ...(level ? { level } : {}),
  })
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') }
}

test('a line is one JSON object with the request and trace it belongs to', () => {
  const { log, lines, last } = make()
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  runInContext({ requestId: 'req-1', traceparent, operation: 'sendMessage' }, () =>
    log.child({ component: 'http' }).info('done\nand done', { count: 3, at: 10n }),
  )
  expect(lines[0]).not.toContain('\n')
  expect(last()).toMatchObject({
    level: 'info',
    service: 'chat',
    message: 'done\nand done',
    requestId: 'req-1',
    trace: '0af7651916cd43dd8448eb211c80319c',
    operation: 'sendMessage',
    component: 'http',
    count: 3,
    at: '10',
  })
})

test('secrets and personal text are left out, at any depth', () => {
  const { log, lines } = make()
  log.info('sign-in', {
    password: 'hunter2',
    accessToken: 'hunter2',
    headers: { authorization: 'hunter2', cookie: ['hunter2'] },
    profile: { email: 'hunter2', birthDate: 'hunter2', coordinates: { lat: 'hunter2' } },
    message: 'x',
    code: '123456',
  })
  expect(lines[0]).not.toMatch(/hunter2|123456/)
})

test('the code of an error is worth reading, and its causes are written', () => {
  const { log, last } = make()
  log.error('failed', { error: new AppError('conflict', { cause: new Error('deadlock') }) })
  expect(last().error).toMatchObject({
    code: 'conflict',
    stack: expect.stringContaining('log.test.ts'),
    cause: { message: 'deadlock' },
  })
})

test('what cannot be written as JSON does not stop the program', () => {
  const { log, last } = make()
  const circle: Record<string, unknown> = {}
  circle.self = circle
  log.info('round', {
    circle,
    broken: {
      toJSON: () => {
        throw new Error('no')
      },
    },
  })
  expect(last().message).toBe('round')
})

test('lines below the level are dropped', () => {
  const { log, lines } = make('warn')
  log.info('no')
  log.warn('yes')
  expect(lines).toHaveLength(1)
  const silent = make('silent')
  silent.log.error('no')
  expect(silent.lines).toEqual([])
})
