import { describe, expect, test } from 'bun:test'
import { Card } from '@accord/contracts/call/identity'
import { Id } from '@accord/contracts/id'
import { PageOf, PageQuery } from '@accord/contracts/page'
import { Type } from '@sinclair/typebox'
import { testApp } from '../fixture/app.sample.ts'
import { createDocument, hashOfDocument } from './document.ts'
import { IdempotencyHeaders, NoContent, operation, RawBody, routes, UploadReference } from './operation.ts'
import { operationsOf } from './operations.ts'

const Choice = Type.Object({
  memberId: Id('mem'),
  decision: Type.Union([Type.Literal('like'), Type.Literal('pass')]),
  note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  stars: Type.Integer({ minimum: 1, maximum: 5 }),
})
const done = () => undefined as never

const features = () =>
  routes()
    .post(
      '/api/v1/conversations/:id/choices',
      done,
      operation({
        id: 'choose',
        access: 'step-up',
        summary: 'Choose',
        description: 'Says yes or no.',
        tags: ['choices'],
        rate: 'heavy',
        params: Type.Object({ id: Id('con') }),
        headers: IdempotencyHeaders,
        body: Choice,
        response: { 201: Choice, 204: NoContent },
        errors: ['conflict', 'already_decided', 'not_found'],
      }),
    )
    .get(
      '/api/v1/conversations',
      done,
      operation({
        id: 'listCards',
        access: 'public',
        summary: 'Cards',
        query: PageQuery,
        response: { 200: PageOf(Card) },
      }),
    )
    .post(
      '/api/v1/conversations/hook',
      done,
      operation({
        id: 'hook',
        access: 'webhook',
        summary: 'Hook',
        body: RawBody,
        response: { 204: NoContent },
      }),
    )
    .post(
      '/api/v1/conversations/photo',
      done,
      operation({
        id: 'photo',
        access: 'member',
        summary: 'Photo',
        upload: { maxBytes: 1000, types: ['image/png', 'image/webp'] },
        body: UploadReference,
        response: { 204: NoContent },
      }),
    )

const make = () => createDocument('chat', '1.2.3', operationsOf(testApp().app.use(features())))
// biome-ignore lint/suspicious/noExplicitAny: a document is looked at wherever a test wants
const plain = (): any => JSON.parse(JSON.stringify(make()))

describe('the document of a service', () => {
  test('is OpenAPI 3.1 and says who may call what', () => {
    const document = plain()
    expect(document.openapi).toMatch(/^3\.1\./)
    const choose = document.paths['/api/v1/conversations/{id}/choices'].post
    expect(choose).toMatchObject({
      operationId: 'choose',
      summary: 'Choose',
      description: 'Says yes or no.',
      tags: ['choices'],
      'x-accord': { access: 'step-up', rate: 'heavy', maxBodyBytes: 65_536 },
    })
    expect(choose.security).toBeUndefined()
    expect(document.paths['/api/v1/conversations'].get.security).toEqual([])
  })
  test('names parameters of path, query and header, and which are required', () => {
    const { paths } = plain()
    const named = (parameters: { in: string; name: string; required: boolean }[]) =>
      parameters.map(({ in: place, name, required }) => `${place} ${name}${required ? '!' : ''}`)
    expect(named(paths['/api/v1/conversations/{id}/choices'].post.parameters)).toEqual([
      'path id!',
      'header idempotency-key',
    ])
    expect(named(paths['/api/v1/conversations'].get.parameters)).toEqual(['query limit', 'query cursor'])
  })
  test('describes a body as JSON and nothing else, as the service reads it', () => {
    const { content, required } = plain().paths['/api/v1/conversations/{id}/choices'].post.requestBody
    expect(required).toBe(true)
    expect(Object.keys(content)).toEqual(['application/json'])
    expect(content['application/json'].schema).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['memberId', 'decision', 'stars'],
      properties: {
        memberId: expect.objectContaining({ type: 'string', pattern: expect.stringContaining('^mem_') }),
        decision: { type: 'string', enum: ['like', 'pass'] },
        note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        stars: { type: 'integer', minimum: 1, maximum: 5 },
      },
    })
    expect(JSON.stringify(plain())).not.toContain('nullable')
  })
  test('describes an upload by the types of its file', () => {
    const { content } = plain().paths['/api/v1/conversations/photo'].post.requestBody
    expect(Object.keys(content)).toEqual(['image/png', 'image/webp'])
  })
  test('lists problems by status, with every code', () => {
    const { responses } = plain().paths['/api/v1/conversations/{id}/choices'].post
    expect(Object.keys(responses)).toEqual(['201', '204', '401', '403', '404', '409'])
    expect(responses[204].content).toBeUndefined()
    expect(responses[403].description).toContain('step_up_required')
    expect(responses[409].description).toMatch(/`conflict`.*`already_decided`/)
    expect(responses[409].content).toEqual({
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    })
  })
  test('holds each named schema once', () => {
    const { components, paths } = plain()
    expect(Object.keys(components.schemas)).toEqual(['Problem', 'Card'])
    const list = paths['/api/v1/conversations'].get.responses[200].content['application/json'].schema
    expect(list.properties.data.items).toEqual({ $ref: '#/components/schemas/Card' })
  })
  test('of two instances of one build has one hash', () => {
    expect(hashOfDocument(make())).toBe(hashOfDocument(make()))
    const other = { ...make(), info: { title: 'Accord chat', version: '1.2.4' } }
    expect(hashOfDocument(other)).not.toBe(hashOfDocument(make()))
  })
})
