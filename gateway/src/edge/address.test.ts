import { describe, expect, test } from 'bun:test'
import { createAddressOf, limitKeyOf } from './address.ts'

const forwarded = (value: string) => new Headers({ 'x-forwarded-for': value })

describe('client address', () => {
  test('is the peer when no proxy is trusted, whatever the header says', () => {
    expect(createAddressOf([])('203.0.113.7', forwarded('1.1.1.1'))).toBe('203.0.113.7')
  })
  test('is the peer when the peer is not a trusted proxy', () => {
    expect(createAddressOf(['10.0.0.0/8'])('203.0.113.7', forwarded('1.1.1.1'))).toBe('203.0.113.7')
  })
  test('is the last address before our own proxies: what a client puts in front does not count', () => {
    const addressOf = createAddressOf(['10.0.0.0/8', '2001:db8::/32'])
    expect(addressOf('10.0.0.1', forwarded('6.6.6.6, 203.0.113.7, 10.0.0.9'))).toBe('203.0.113.7')
    expect(addressOf('2001:db8::1', forwarded('203.0.113.7'))).toBe('203.0.113.7')
  })
  test('stays at the proxy when what it forwards is not an address', () => {
    expect(createAddressOf(['10.0.0.1'])('10.0.0.1', forwarded('nobody'))).toBe('10.0.0.1')
  })
  test('of a dual-stack socket is plain IPv4', () => {
    expect(createAddressOf([])('::ffff:203.0.113.7', new Headers())).toBe('203.0.113.7')
  })
  test('a proxy that is neither an address nor a block is named at the start', () => {
    for (const wrong of ['proxy', '10.0.0.0/33', '10.0.0.0/x'])
      expect(() => createAddressOf([wrong])).toThrow(wrong)
  })
})

describe('limits', () => {
  test('count a whole IPv6 network of /64 as one', () => {
    expect(limitKeyOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(limitKeyOf('2001:db8:1:2::1')).toBe('2001:db8:1:2')
    expect(limitKeyOf('2001:db8::1')).toBe('2001:db8:0:0')
    expect(limitKeyOf('::1')).toBe('0:0:0:0')
  })
  test('count an IPv4 address by itself', () => {
    expect(limitKeyOf('203.0.113.7')).toBe('203.0.113.7')
  })
})
