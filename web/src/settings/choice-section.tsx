import { type ReactNode, useId } from 'react'

/** A part of the page that is one question: its heading names the group of choices. */
export function ChoiceSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="grid gap-3">
      <h2 id={id} className="text-xl">
        {title}
      </h2>
      <div role="radiogroup" aria-labelledby={id} className="flex flex-wrap gap-2">
        {children}
      </div>
    </section>
  )
}
