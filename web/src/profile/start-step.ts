/** What is asked for first, in this order: what it takes to be seen, then words. */
export const steps = ['gender', 'city', 'photo', 'preferences', 'words', 'prompts'] as const
export type Step = (typeof steps)[number]

export function isStep(text: string): text is Step {
  return (steps as readonly string[]).includes(text)
}
