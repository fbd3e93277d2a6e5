import { Id } from '@accord/contracts/id'
import { PageOf, PageQuery } from '@accord/contracts/page'
import { noteWrite, replicaFor } from '@accord/kit/db/read-your-writes'
import { unwrap } from '@accord/kit/error'
import { NoContent, operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { blockMember } from './block.ts'
import { Block, listBlocks } from './list.ts'
import { unblockMember } from './unblock.ts'

const params = Type.Object({ id: Id('mem') })

export const blockRoutes = (deps: Deps) =>
  routes()
    .get(
      '/api/v1/users/blocks',
      async ({ caller, query }) => {
        const { memberId } = caller.actor
        return listBlocks(await replicaFor(deps.db, deps.redis, memberId), memberId, query)
      },
      operation({
        id: 'listBlocks',
        access: 'member',
        summary: 'Whom I have blocked',
        tags: ['safety'],
        query: PageQuery,
        response: { 200: PageOf(Block) },
      }),
    )
    .post(
      '/api/v1/users/:id/block',
      async ({ caller, params: { id } }) => {
        const { memberId } = caller.actor
        unwrap(await blockMember(deps, memberId, id))
        await noteWrite(deps.db, deps.redis, memberId)
      },
      operation({
        id: 'blockMember',
        access: 'member',
        summary: 'Block a member',
        description:
          'At once and in both directions: neither sees, finds or writes to the other. Safe to repeat.',
        tags: ['safety'],
        params,
        response: { 204: NoContent },
        errors: ['cannot_block_self', 'not_found', 'conflict', 'account_closed'],
      }),
    )
    .delete(
      '/api/v1/users/:id/block',
      async ({ caller, params: { id } }) => {
        const { memberId } = caller.actor
        await unblockMember(deps, memberId, id)
        await noteWrite(deps.db, deps.redis, memberId)
      },
      operation({
        id: 'unblockMember',
        access: 'member',
        summary: 'Take a block back',
        description: 'Only the own one; a match that the block ended stays ended. Safe to repeat.',
        tags: ['safety'],
        params,
        response: { 204: NoContent },
      }),
    )
