import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useText } from '../text/use-text.ts'

interface Action {
  label: string
  run(): void
}

interface Toast {
  id: number
  text: string
  action?: Action
  /** Until it is answered, one way or the other. */
  stays?: boolean
}

let shown: Toast[] = []
let next = 1
const listeners = new Set<() => void>()
const change = (toasts: Toast[]) => {
  shown = toasts
  for (const listener of listeners) listener()
}

/** Says something for a while, at the edge, without asking for an answer. One with an action stays longer. */
export function toast(text: string, action?: Action): void {
  const id = show({ text, ...(action ? { action } : {}) })
  setTimeout(() => dismiss(id), action ? 8_000 : 5_000)
}

/** Offers something at the edge, until it is taken or put aside. Returns what takes the offer back. */
export function offer(text: string, action: Action): () => void {
  const id = show({ text, action, stays: true })
  return () => dismiss(id)
}

/** Three pass at a time; what waits for an answer gives way to none of them. */
function show(content: Omit<Toast, 'id'>): number {
  const id = next++
  const gone = shown.filter(({ stays }) => !stays).slice(0, -2)
  change([...shown.filter((entry) => !gone.includes(entry)), { id, ...content }])
  return id
}

function dismiss(id: number): void {
  change(shown.filter((entry) => entry.id !== id))
}

/**
 * Where toasts appear; always in the page, so that what is added to it is read out. On a phone they leave free what
 * a screen keeps above the navigation, if it says so by `data-bottom-bar`.
 */
export function Toaster() {
  const t = useText()
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
      {toasts.map(({ id, text, action, stays }) => (
        <div
          key={id}
          className="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-full bg-ink px-5 py-3 text-ground shadow-lift"
        >
          <span className="wrap-anywhere">{text}</span>
          {action && (
            <button
              type="button"
              className="-my-2 min-h-11 min-w-11 rounded-full px-2 font-semibold underline underline-offset-4"
              onClick={() => {
                dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </button>
          )}
          {stays && (
            <button
              type="button"
              aria-label={t('design.putAside')}
              className="-my-2 -me-3 grid size-11 shrink-0 place-items-center rounded-full"
              onClick={() => dismiss(id)}
            >
              <X size={18} aria-hidden="true" />
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
