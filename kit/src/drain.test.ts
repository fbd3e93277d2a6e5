import { expect, test } from 'bun:test'
import { createDrain } from './drain.ts'
import { createLogger } from './log.ts'

const log = createLogger({ service: 'test', level: 'silent' })

test('steps run in the reverse of their order, one after the other, and once', async () => {
  const drain = createDrain(log)
  const ran: string[] = []
  drain.add('first', () => void ran.push('first'))
  drain.add('second', async () => {
    await Promise.resolve()
    ran.push('second')
  })
  await Promise.all([drain.run(), drain.run()])
  expect(ran).toEqual(['second', 'first'])
})

test('a step that fails does not keep the others from running', async () => {
  const drain = createDrain(log)
  const ran: string[] = []
  drain.add('first', () => void ran.push('first'))
  drain.add('broken', () => Promise.reject(new Error('no')))
  await drain.run()
  expect(ran).toEqual(['first'])
})

test('a step that never ends is cut off', async () => {
  const drain = createDrain(log, 10)
  drain.add('stuck', () => new Promise(() => {}))
  await drain.run()
})
