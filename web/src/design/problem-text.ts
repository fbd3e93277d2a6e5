import { isProblem } from '../api/problem.ts'
import { useText } from '../text/use-text.ts'

/** Why an action failed, as a sentence that says what to do; for what the screen itself has no better words for. */
export function useProblemText(): (error: unknown) => string {
  const t = useText()
  return (error) => t(`design.problem.${kindOf(error)}`)
}

function kindOf(error: unknown): 'offline' | 'away' | 'pace' | 'other' {
  if (!isProblem(error)) return 'other'
  if (error.code === 'offline') return 'offline'
  if (error.status === 429) return 'pace'
  return error.status >= 502 ? 'away' : 'other'
}
