import { expect, test } from 'bun:test'
import { Id } from '@accord/contracts/id'
import { PageOf, PageQuery } from '@accord/contracts/page'
import { type Static, Type } from '@sinclair/typebox'
import { status } from 'elysia'
import { type Caller, IdempotencyHeaders, NoContent, operation, routes } from './operation.ts'

const Note = Type.Object({ id: Id('msg'), text: Type.String(), stars: Type.Integer() })
type Note = Static<typeof Note>

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const is = <T extends true>(..._proof: T[]) => {}

const params = Type.Object({ id: Id('con') })

/** Compiles only when handlers get their types from `operation` without annotations. */
const noteRoutes = (save: (note: Note) => Promise<Note>) =>
  routes()
    .post(
      '/api/v1/notes/:id',
      async ({ body, params, query, headers, caller }) => {
        is<Same<typeof body, { text: string; stars?: number }>>()
        is<Same<typeof params.id, `con_${string}`>>()
        is<Same<typeof query.limit, number | undefined>>()
        is<Same<(typeof headers)['idempotency-key'], string | undefined>>()
        is<Same<typeof caller, Caller>>()
        return await save({ id: 'msg_x', text: body.text, stars: body.stars ?? 0 })
      },
      operation({
        id: 'createNote',
        access: 'member',
        summary: 'Write a note',
        params,
        query: PageQuery,
        headers: IdempotencyHeaders,
        body: Type.Object({ text: Type.String(), stars: Type.Optional(Type.Integer()) }),
        response: { 201: Note },
        errors: ['conflict'],
      }),
    )
    .get(
      '/api/v1/notes',
      async ({ query, caller }) => {
        is<Same<typeof query.cursor, string | undefined>>()
        is<Same<typeof caller.actor.memberId, `mem_${string}`>>()
        return { data: [], pagination: { hasNextPage: false, nextCursor: null, limit: 20 } }
      },
      operation({
        id: 'listNotes',
        access: 'public',
        summary: 'List notes',
        query: PageQuery,
        response: { 200: PageOf(Note) },
      }),
    )
    .delete(
      '/api/v1/notes/:id',
      () => new Response(null, { status: 204 }),
      operation({
        id: 'deleteNote',
        access: 'member',
        summary: 'Delete a note',
        params,
        response: { 204: NoContent },
      }),
    )
    .put(
      '/api/v1/notes/:id',
      async ({ body }) => {
        is<Same<typeof body, { text: string }>>()
        if (body.text === '') return status(202, { later: true })
        return { id: 'msg_x' as const, text: body.text, stars: 1 }
      },
      operation({
        id: 'replaceNote',
        access: 'public',
        summary: 'Replace a note',
        body: Type.Object({ text: Type.String() }),
        response: { 200: Note, 202: Type.Object({ later: Type.Boolean() }) },
      }),
    )
    .patch(
      '/api/v1/notes/wrong',
      // @ts-expect-error an answer that does not fit its schema does not compile
      async () => ({ id: 'msg_x' as const, text: 1, stars: 1 }),
      operation({ id: 'wrongNote', access: 'public', summary: 'Never', response: { 200: Note } }),
    )

test('routes carry what their operations declare', () => {
  const declared = noteRoutes((note) => Promise.resolve(note)).routes
  expect(declared.map((route) => route.hooks.detail.operationId)).toEqual([
    'createNote',
    'listNotes',
    'deleteNote',
    'replaceNote',
    'wrongNote',
  ])
})
