import { unwrap } from '@accord/kit/error'
import { IdempotencyHeaders, operation, routes } from '@accord/kit/http/operation'
import type { Deps } from '../deps.ts'
import { decide } from './decide.ts'
import { rewindDecision } from './rewind.ts'
import { DecisionAnswer, DecisionRequest, Rewound } from './schema.ts'

export const decisionRoutes = (deps: Deps) =>
  routes()
    .post(
      '/api/v1/matches/decisions',
      async ({ caller, body }) => unwrap(await decide(deps, caller.actor.memberId, body)),
      operation({
        id: 'decide',
        access: 'member',
        summary: 'Like or pass',
        description:
          'Two likes make a match. The same decision again gets the same answer and costs no second like.',
        tags: ['matches'],
        body: DecisionRequest,
        response: { 200: DecisionAnswer },
        errors: [
          'profile_incomplete',
          'preferences_missing',
          'not_a_candidate',
          'already_decided',
          'daily_likes_used',
        ],
      }),
    )
    .post(
      '/api/v1/matches/decisions/rewind',
      async ({ caller }) => unwrap(await rewindDecision(deps, caller.actor.memberId, caller.idempotencyKey)),
      operation({
        id: 'rewindDecision',
        access: 'member',
        summary: 'Take back the last pass',
        description: 'Within a minute; at any time with a plan that allows it. Likes stay.',
        tags: ['matches'],
        headers: IdempotencyHeaders,
        response: { 200: Rewound },
        errors: ['nothing_to_rewind', 'idempotency_key_reused', 'request_in_flight'],
      }),
    )
