const keyOf = (conversationId: string) => `accord.draft.${conversationId}`

/** What was typed in a conversation and not sent, for as long as the tab lives and nobody signs out. */
export function draftOf(conversationId: string): string {
  return sessionStorage.getItem(keyOf(conversationId)) ?? ''
}

export function keepDraft(conversationId: string, text: string): void {
  if (text === '') {
    forgetDraft(conversationId)
    return
  }
  try {
    sessionStorage.setItem(keyOf(conversationId), text)
  } catch {
    // A device that keeps nothing: it stays on the screen.
  }
}

export function forgetDraft(conversationId: string): void {
  sessionStorage.removeItem(keyOf(conversationId))
}
