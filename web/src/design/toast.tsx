import { useSyncExternalStore } from 'react'

interface Toast {
  id: number
  text: string
  action?: { label: string; run(): void }
}

let shown: Toast[] = []
let next = 1
const listeners = new Set<() => void>()
const change = (toasts: Toast[]) => {
  shown = toasts
  for (const listener of listeners) listener()
}

/** Says something for a while, at the edge, without asking for an answer. One with an action stays longer. */
export function toast(text: string, action?: Toast['action']): void {
  const id = next++
  change([...shown.slice(-2), { id, text, ...(action ? { action } : {}) }])
  setTimeout(() => dismiss(id), action ? 8_000 : 5_000)
}

function dismiss(id: number): void {
  change(shown.filter((entry) => entry.id !== id))
}

/**
 * Where toasts appear; always in the page, so that what is added to it is read out. On a phone they leave free what
 * a screen keeps above the navigation, if it says so by `data-bottom-bar`.
 */
export function Toaster() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-[calc(5.5rem+env(safe-area-inset-bottom))] z-40 grid justify-items-center gap-2 md:bottom-6 [:root:has([data-bottom-bar])_&]:max-md:bottom-[calc(10rem+env(safe-area-inset-bottom))]"
    >
      {toasts.map(({ id, text, action }) => (
        <div
          key={id}
          className="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-full bg-ink px-5 py-3 text-ground shadow-lift"
        >
          <span className="wrap-anywhere">{text}</span>
          {action && (
            <button
              type="button"
              className="min-h-8 rounded-full px-2 font-semibold underline underline-offset-4"
              onClick={() => {
                dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
