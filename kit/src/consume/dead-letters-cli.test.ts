import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId } from '@accord/contracts/id'
import { openFixture } from '../fixture/database.sample.ts'
import { run } from '../fixture/run.sample.ts'
import { findDeadLetter, listDeadLetters, storeDeadLetter } from './dead-letter.ts'

let fixture: Awaited<ReturnType<typeof openFixture>>
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.drop())
const cli = (...args: string[]) => run('consume/dead-letters-cli.ts', args, { DATABASE_URL: fixture.url })

test('an operator lists, looks into and replays dead letters', async () => {
  expect(await cli('list')).toEqual({ code: 0, out: 'no dead letters\n', err: '' })
  const letter = {
    consumer: 'chat-matches',
    eventId: newId('evt'),
    stream: 'MATCH',
    streamSeq: 7,
    publishedAt: new Date('2026-03-01T12:00:00Z'),
    subject: 'evt.match.match.created.mat_1',
    headers: { 'Nats-Msg-Id': ['evt_1'] },
    payload: Buffer.from('{"a":1}'),
    reason: 'failed' as const,
    error: 'Error: no',
    deliveries: 6,
  }
  await storeDeadLetter(fixture.primary, letter)
  await storeDeadLetter(fixture.primary, letter)
  const letters = await listDeadLetters(fixture.primary)
  expect(letters).toHaveLength(1)
  const id = letters[0]?.id ?? ''

  const listed = await cli('list')
  expect(listed.out).toContain(id)
  expect(listed.out).toContain('Error: no')
  const shown = await cli('show', id)
  expect(JSON.parse(shown.out)).toMatchObject({
    id,
    payload: { a: 1 },
    headers: letter.headers,
    streamSeq: 7,
  })
  const replayed = await cli('replay', id)
  expect(replayed.out).toStartWith('1 marked')
  expect((await findDeadLetter(fixture.primary, id))?.replayRequestedAt).toBeInstanceOf(Date)
})

test('what cannot be done is said in one line', async () => {
  expect(await cli('show', newId('dlt'))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^there is no/),
  })
  expect(await cli('erase')).toMatchObject({ code: 1, err: expect.stringMatching(/^usage: /) })
  expect(await run('consume/dead-letters-cli.ts', [], {})).toMatchObject({
    code: 1,
    err: 'DATABASE_URL is not set\n',
  })
})
