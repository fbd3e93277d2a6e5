import { type RefObject, useEffect } from 'react'
import type { FieldProblems } from './profile-problems.ts'

/** Leads to the first field that is not right, once that is on the screen: after each try that found something. */
export function useProblemFocus(
  form: RefObject<HTMLFormElement | null>,
  found: FieldProblems,
  error: unknown,
) {
  useEffect(() => {
    const marked = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (marked && (error || Object.keys(found).length > 0)) marked.focus()
    // A choice has no mark of its own: its first answer stands for it.
    else if (Object.keys(found).length > 0) form.current?.querySelector('input')?.focus()
  }, [form, found, error])
}
