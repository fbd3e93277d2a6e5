import { expect, test } from 'bun:test'
import { newRecoveryCodes, normaliseRecoveryCode } from './recovery-code.ts'

test('ten codes, all different, in two groups of five', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
})

test('a code is the same however it is typed', () => {
  expect(normaliseRecoveryCode(' ab0d1-fgh jk ')).toBe('AB0D1FGHJK')
  expect(normaliseRecoveryCode('abOdI-fghjk')).toBe('AB0D1FGHJK')
})
