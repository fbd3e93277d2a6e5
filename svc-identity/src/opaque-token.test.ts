import { expect, test } from 'bun:test'
import { newId, toUuid } from '@accord/contracts/id'
import { hashToken, mintToken, uuidsOf } from './opaque-token.ts'

const member = toUuid(newId('mem'))
const session = toUuid(newId('ses'))

test('a token gives back the ids it was minted with', () => {
  const { token, hash } = mintToken(member, session)
  expect(uuidsOf(token, 2)).toEqual([member, session])
  expect(hashToken(token)).toEqual(hash)
})

test('a token of another kind, cut, or written differently is no token', () => {
  const { token } = mintToken(member)
  for (const text of [token.slice(0, -1), `${token}A`, `${token}=`, token.replace(/.$/, ' '), '', 'x']) {
    expect(uuidsOf(text, 1), text).toBeNull()
  }
  expect(uuidsOf(token, 2)).toBeNull()
})

test('two tokens of one member differ', () => {
  expect(mintToken(member).token).not.toBe(mintToken(member).token)
})
