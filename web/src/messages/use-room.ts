import { useCallback, useEffect, useState } from 'react'

/**
 * Makes an element end where the visible page ends, below whatever stands above it; only from `md` up,
 * unless `always`. Where the keyboard lies over the page instead of resizing it (iOS), what is visible is known from the visual viewport.
 */
export function useRoom(always = false): (element: HTMLElement | null) => void {
  const [element, setElement] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (!element) return
    const wide = matchMedia('(min-width: 48rem)')
    const fit = () => {
      if (!always && !wide.matches) return void element.style.removeProperty('height')
      const visible = visualViewport && visualViewport.scale === 1 ? visualViewport.height : innerHeight
      const above = element.getBoundingClientRect().top + scrollY
      element.style.height = `${Math.max(240, visible - above)}px`
      // The browser moves the page so that the field is seen above the keyboard; nothing is below it now.
      if (always && visualViewport?.offsetTop) scrollTo(0, 0)
    }
    fit()
    // What stands above comes and goes, as the note that there is no network.
    const observer = new ResizeObserver(fit)
    for (const sibling of element.parentElement?.children ?? [])
      if (sibling !== element) observer.observe(sibling)
    visualViewport?.addEventListener('resize', fit)
    addEventListener('resize', fit)
    wide.addEventListener('change', fit)
    return () => {
      observer.disconnect()
      visualViewport?.removeEventListener('resize', fit)
      removeEventListener('resize', fit)
      wide.removeEventListener('change', fit)
    }
  }, [element, always])
  return useCallback((next: HTMLElement | null) => setElement(next), [])
}
