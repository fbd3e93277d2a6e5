import type { Card } from '@accord/contracts/call/identity'

/** Below NATS's payload limit of 1 MB, with room for the envelope. */
const maxBytes = 900_000
const excerptLength = 300

/**
 * The same cards, small enough for one message. A hundred ordinary ones are far below the limit; a hundred that
 * are filled to the brim are not, and then show their first photo only, and after that the beginning of their texts.
 */
export function fitIntoMessage(cards: readonly Card[]): Card[] {
  let fitted = [...cards]
  for (const shorten of [withFirstPhoto, withExcerpts]) {
    if (sizeOf(fitted) <= maxBytes) break
    fitted = fitted.map(shorten)
  }
  return fitted
}

function withFirstPhoto(card: Card): Card {
  return { ...card, photos: card.photos.slice(0, 1) }
}

function withExcerpts(card: Card): Card {
  const excerpt = (text: string | null) => text && [...text].slice(0, excerptLength).join('')
  return {
    ...card,
    about: excerpt(card.about),
    lookingFor: excerpt(card.lookingFor),
    prompts: card.prompts.map(({ question, answer }) => ({ question, answer: excerpt(answer) ?? '' })),
  }
}

function sizeOf(cards: readonly Card[]): number {
  return Buffer.byteLength(JSON.stringify(cards))
}
