import { chatBlock, chatClose, resume, typing } from '@accord/contracts/call/chat'
import { answer, type CallAnswer } from '@accord/kit/call'
import { blockPair, closeEndedMatch } from './conversation/close.ts'
import type { ChatDeps } from './deps.ts'
import { resumeFrom } from './live/resume.ts'
import { tellTyping } from './live/typing.ts'

/** What chat answers to the other services and the gateway. */
export function chatAnswers(deps: ChatDeps): CallAnswer[] {
  return [
    answer(chatBlock, async (pair) => {
      await blockPair(deps, pair)
      return {}
    }),
    answer(chatClose, async (match) => {
      await closeEndedMatch(deps, match)
      return {}
    }),
    answer(typing, async (request) => ({ delivered: await tellTyping(deps, request) })),
    answer(resume, async ({ memberId, conversations }) => ({
      conversations: await resumeFrom(deps, memberId, conversations),
    })),
  ]
}
