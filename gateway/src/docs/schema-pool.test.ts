import { describe, expect, test } from 'bun:test'
import { createSchemaPool } from './schema-pool.ts'

const card = { $id: 'Card', type: 'object', properties: { id: { type: 'string' } } }

describe('schemas of several services', () => {
  test('that are the same become one component', () => {
    const pool = createSchemaPool()
    const inMatch = pool.adopterFor('match', {})({ schema: card })
    const inChat = pool.adopterFor('chat', {})({ schema: { ...card } })
    expect(inMatch).toEqual({ schema: { $ref: '#/components/schemas/Card' } })
    expect(inChat).toEqual(inMatch)
    expect(pool.schemas()).toEqual({ Card: { type: 'object', properties: { id: { type: 'string' } } } })
  })
  test('that differ under one name are both kept', () => {
    const pool = createSchemaPool()
    pool.adopterFor('match', {})(card)
    const other = pool.adopterFor('chat', {})({ $id: 'Card', type: 'string' })
    expect(other).toEqual({ $ref: '#/components/schemas/ChatCard' })
    expect(Object.keys(pool.schemas())).toEqual(['Card', 'ChatCard'])
  })
  test('that are referred to come along, each with what it refers to', () => {
    const pool = createSchemaPool()
    const components = {
      Page: { type: 'object', properties: { card: { $ref: '#/components/schemas/Card' } } },
      Card: { type: 'object' },
      Unused: { type: 'null' },
    }
    const adopted = pool.adopterFor('match', components)({ $ref: '#/components/schemas/Page' })
    expect(adopted).toEqual({ $ref: '#/components/schemas/Page' })
    expect(Object.keys(pool.schemas())).toEqual(['Card', 'Page'])
  })
})
