import { expect, test } from 'bun:test'
import { headers } from '@nats-io/nats-core'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse, type WireResponse } from './wire.ts'

const body = new TextEncoder().encode('{"text":"héllo"}')

test('a request survives the way, text of any language and line breaks included', () => {
  const request = {
    method: 'POST',
    target: '/api/v1/places?q=m%C3%BCn',
    requestId: 'req-1',
    address: '2001:db8::1',
    userAgent: 'Mözilla\r\nX-Injected: yes',
    actor: 'ey.J.x',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    contentType: 'application/json',
    headers: { 'idempotency-key': 'once' },
    cookies: { '__Secure-rt': 'abc' },
    timeoutMs: 5000,
    body,
  }
  const message = encodeRequest(request)
  expect(message.headers.keys()).toEqual(['Accord-Request'])
  expect(decodeRequest(message)).toEqual(request)
})

test('the common answer needs no header', () => {
  const response = { status: 200, contentType: 'application/json', headers: {}, setCookies: [], body }
  const message = encodeResponse(response)
  expect(message.headers).toBeUndefined()
  expect(decodeResponse(message)).toEqual(response)
})

const others: WireResponse[] = [
  { status: 201, contentType: 'application/json', headers: {}, setCookies: [], body },
  { status: 204, headers: {}, setCookies: [], body: new Uint8Array() },
  { status: 200, contentType: 'text/plain', headers: { etag: '"1"' }, setCookies: ['a=1', 'b=2'], body },
  {
    status: 200,
    contentType: 'application/json',
    headers: {},
    setCookies: [],
    object: 'upl_1',
    body: new Uint8Array(),
  },
]
test.each(others.map((response) => [response.status, response] as const))(
  'any other answer survives the way too: %p',
  (_, response) => {
    expect(decodeResponse(encodeResponse(response))).toEqual(response)
  },
)

test('a failure of ours is marked for the tools of NATS, and only that', () => {
  const failed = (status: number) =>
    encodeResponse({ status, contentType: 'application/json', headers: {}, setCookies: [], body }).headers
  expect(failed(503)?.get('Nats-Service-Error-Code')).toBe('503')
  expect(failed(404)?.get('Nats-Service-Error-Code')).toBe('')
  expect(failed(201)?.get('Nats-Service-Error-Code')).toBe('')
})

test('nobody listening is unavailable', () => {
  const message = { headers: headers(503, 'No Responders'), data: new Uint8Array() }
  expect(() => decodeResponse(message)).toThrow(expect.objectContaining({ code: 'unavailable' }))
})

test('a message that is no request is malformed', () => {
  expect(() => decodeRequest({ data: body })).toThrow(expect.objectContaining({ code: 'malformed_request' }))
})
