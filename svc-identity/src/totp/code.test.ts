import { expect, test } from 'bun:test'
import { generate, generateSecret } from 'otplib'
import { stepOfCode } from './code.ts'

const seed = generateSecret()
const now = new Date('2026-11-24T12:00:10Z')
const step = Math.floor(now.getTime() / 30_000)
const codeAt = (shiftSeconds: number) =>
  generate({ secret: seed, epoch: Math.floor(now.getTime() / 1000) + shiftSeconds })

test('the codes of this step and of its neighbours are right, and no others', async () => {
  expect(await stepOfCode(seed, await codeAt(0), null, now)).toBe(step)
  expect(await stepOfCode(seed, await codeAt(-30), null, now)).toBe(step - 1)
  expect(await stepOfCode(seed, await codeAt(30), null, now)).toBe(step + 1)
  expect(await stepOfCode(seed, await codeAt(-90), null, now)).toBeNull()
  expect(await stepOfCode(seed, await codeAt(90), null, now)).toBeNull()
})

test('a code of a step that was used, or of an older one, is not right any more', async () => {
  expect(await stepOfCode(seed, await codeAt(0), step, now)).toBeNull()
  expect(await stepOfCode(seed, await codeAt(-30), step, now)).toBeNull()
  expect(await stepOfCode(seed, await codeAt(30), step, now)).toBe(step + 1)
})

test('what is not six digits is wrong, and no error', async () => {
  for (const text of ['', '12345', '1234567', 'abcdef', '12345a', '１２３４５６']) {
    expect(await stepOfCode(seed, text, null, now), text).toBeNull()
  }
})

test('a code may be typed in two groups', async () => {
  const code = await codeAt(0)
  expect(await stepOfCode(seed, `${code.slice(0, 3)} ${code.slice(3)}`, null, now)).toBe(step)
})
