import { test } from 'bun:test'
import { goTheWholeWay } from './journey.ts'
import { runningStack } from './stack.ts'

const stack = runningStack()

test(
  'two people who have never met register, match, talk, subscribe, are told, and part',
  () => goTheWholeWay(stack),
  120_000,
)

test('twenty pairs at once go the same way', async () => {
  await Promise.all(Array.from({ length: 20 }, () => goTheWholeWay(stack)))
}, 300_000)
