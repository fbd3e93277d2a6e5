import { expect, test } from 'bun:test'
import { isRefused } from '@accord/kit/error'
import { picture } from '../fixture/picture.sample.ts'
import { createRenderQueue } from './render-queue.ts'

test('what waits for its turn has not been read yet, and what finds no place never is', async () => {
  const queue = createRenderQueue({ atOnce: 1, waiting: 1 })
  const bytes = await picture(300, 300).jpeg().toBuffer()
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  const read: string[] = []
  const reader = (name: string) => async () => {
    read.push(name)
    await opened
    return bytes
  }
  const first = queue(reader('first'))
  const second = queue(reader('second'))
  expect(await queue(reader('third'))).toMatchObject({ refused: 'unavailable' })
  expect(read).toEqual(['first'])
  open()
  expect([await first, await second].map(isRefused)).toEqual([false, false])
  expect(read).toEqual(['first', 'second'])
})
