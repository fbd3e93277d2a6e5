import { card } from '@accord/contracts/call/identity'
import { answer, type CallAnswer } from '@accord/kit/call'
import type { Deps } from '../deps.ts'
import { createPhotoPresenter } from '../photo/present.ts'
import { fitIntoMessage } from './fit.ts'
import { createCards } from './read.ts'

/** `rpc.identity.card`: the cards that match puts into decks and chat beside conversations. */
export function cardAnswer(deps: Deps): CallAnswer {
  const cards = createCards(deps, createPhotoPresenter(deps))
  return answer(card, async ({ viewerId, memberIds }) => ({
    cards: fitIntoMessage(await cards.many(viewerId, memberIds)),
  }))
}
