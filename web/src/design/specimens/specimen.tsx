import type { ReactNode } from 'react'

interface SpecimenProps {
  /** What is to be seen. */
  name: string
  /** Shows it as under a pointer, or with the focus. */
  shown?: 'hover' | 'focus'
  children: ReactNode
}

/** One component in one state, under its name. */
export function Specimen({ name, shown, children }: SpecimenProps) {
  return (
    <div className="grid min-w-0 content-start gap-2">
      <p className="text-ink-soft text-sm">{name}</p>
      <div data-shown={shown} className="min-w-0">
        {children}
      </div>
    </div>
  )
}

/** Specimens of one component. */
export function Specimens({
  title,
  columns = 1,
  children,
}: {
  title: string
  columns?: 1 | 2 | 3
  children: ReactNode
}) {
  const grid = { 1: '', 2: 'sm:grid-cols-2', 3: 'grid-cols-2 sm:grid-cols-3' }[columns]
  return (
    <div className="grid min-w-0 gap-4">
      <h3 className="text-xl">{title}</h3>
      <div className={`grid min-w-0 gap-5 ${grid}`}>{children}</div>
    </div>
  )
}
