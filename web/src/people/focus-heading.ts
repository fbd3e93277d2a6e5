/**
 * After what had the focus is gone: the screen's heading is where reading goes on. A dialog that is about to close
 * keeps the page from taking the focus, so that is waited for.
 */
export function focusHeading(frames = 20): void {
  requestAnimationFrame(() => {
    if (frames > 0 && document.querySelector('dialog[open]')) focusHeading(frames - 1)
    else document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  })
}
