import { describe, expect, test } from 'bun:test'
import { type TSchema, Type } from '@sinclair/typebox'
import { testApp } from '../fixture/app.sample.ts'
import { NoContent, operation, routes } from './operation.ts'
import { operationsOf } from './operations.ts'

const declare = (more: { body?: TSchema; query?: TSchema; response?: { [status: number]: TSchema } }) =>
  operation({ id: 'doIt', access: 'public', summary: 'Do it', response: { 204: NoContent }, ...more })

describe('a declaration', () => {
  test.each([
    ['an open body', { body: Type.Object({}, { additionalProperties: true }) }, /additionalProperties/],
    [
      'an open object deep in a body',
      { body: Type.Object({ a: Type.Array(Type.Object({}, { additionalProperties: true })) }) },
      /additionalProperties/,
    ],
    ['an intersection', { body: Type.Intersect([Type.Object({}), Type.Object({})]) }, /Composite/],
    ['a BigInt', { body: Type.Object({ n: Type.BigInt() }) }, /JSON has no BigInt/],
    ['a Date in an answer', { response: { 200: Type.Object({ at: Type.Date() }) } }, /JSON has no Date/],
    [
      'a list in the query',
      { query: Type.Object({ ids: Type.Array(Type.String()) }) },
      /ids is no plain value/,
    ],
  ])('with %s is refused, and named', (_, more, reason) => {
    expect(() => declare(more)).toThrow(reason)
    expect(() => declare(more)).toThrow(/^Operation doIt: /)
  })
  test('leaves the schema that it was given as it was', () => {
    const body = Type.Object({ a: Type.Object({}) })
    declare({ body })
    expect(body.additionalProperties).toBeUndefined()
    expect(body.properties.a.additionalProperties).toBeUndefined()
  })
  test('with a record keeps what the record takes', () => {
    const hook = declare({ body: Type.Object({ marks: Type.Record(Type.String(), Type.Integer()) }) }) as {
      body: TSchema
    }
    expect(hook.body.properties.marks.patternProperties).toBeDefined()
  })
})

describe('an app does not start', () => {
  const good = { access: 'public', summary: 'Do it', response: { 204: NoContent } } as const
  const done = () => undefined

  test('with a route that declares no access rule', () => {
    const { app } = testApp()
    expect(() => operationsOf(app.get('/naked', done))).toThrow('GET /naked declares no access rule')
  })
  test('with one id for two operations', () => {
    const { app } = testApp()
    const twice = app.use(
      routes()
        .get('/one', done, operation({ ...good, id: 'doIt' }))
        .post('/two', done, operation({ ...good, id: 'doIt' })),
    )
    expect(() => operationsOf(twice)).toThrow('POST /two has the operation id "doIt" of GET /one')
  })
  test.each(['openapi', 'Do-it', 'x', 'do it', 'do.it', 'do>'])('with the operation id %p', (id) => {
    const { app } = testApp()
    const odd = app.use(routes().get('/odd', done, operation({ ...good, id })))
    expect(() => operationsOf(odd)).toThrow(`GET /odd has the invalid operation id "${id}"`)
  })
  test('and names everything that is wrong with it at once', () => {
    const { app } = testApp()
    const bad = app.get('/a', done).get('/b', done)
    expect(() => operationsOf(bad)).toThrow(/GET \/a.*\n.*GET \/b/)
  })
})
