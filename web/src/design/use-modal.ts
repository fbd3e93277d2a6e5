import { useId, useLayoutEffect, useRef } from 'react'

/** A native dialog that is modal for as long as it is in the page, with the focus on its heading or on what says so. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // React keeps `autofocus` from the page, so what is to have the focus says it by `data-autofocus`.
    const first = element?.querySelector<HTMLElement>('[data-autofocus]') ?? heading.current
    first?.focus()
    // While it is still in the page: only then does the browser give the focus back.
    return () => element?.close()
  }, [])
  return { dialog, heading, id: useId() }
}
