import { type ReactNode, useState } from 'react'
import { isProblem } from '../api/problem.ts'
import { StepUpDialog } from './step-up-dialog.tsx'

/** The member did not want to confirm after all. */
export const declined = Symbol('declined')

interface StepUp {
  /** Runs what needs a recent sign-in: asks for the password where it is too long ago, and runs it again. */
  confirmed<T>(action: () => Promise<T>): Promise<T | typeof declined>
  /** To be put into the page. */
  dialog: ReactNode
}

export function useStepUp(): StepUp {
  const [answer, setAnswer] = useState<((isConfirmed: boolean) => void) | null>(null)
  return {
    confirmed: async (action) => {
      try {
        return await action()
      } catch (error) {
        if (!isProblem(error) || error.code !== 'step_up_required') throw error
      }
      const { promise, resolve } = Promise.withResolvers<boolean>()
      setAnswer(() => resolve)
      const isConfirmed = await promise
      setAnswer(null)
      return isConfirmed ? action() : declined
    },
    dialog: (
      <StepUpDialog
        open={answer !== null}
        onClose={() => answer?.(false)}
        onConfirmed={() => answer?.(true)}
      />
    ),
  }
}
