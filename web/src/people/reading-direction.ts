/** Whether the language that is shown is written from the right. */
export function isMirrored(): boolean {
  return document.documentElement.dir === 'rtl'
}

/** Which way an arrow key leads in reading direction: 1 onwards, -1 back; null for any other key. */
export function towards(key: string): 1 | -1 | null {
  if (key === 'ArrowRight') return isMirrored() ? -1 : 1
  if (key === 'ArrowLeft') return isMirrored() ? 1 : -1
  return null
}
