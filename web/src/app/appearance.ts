export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export function chosenTheme(): Theme {
  const stored = localStorage.getItem('accord.theme')
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Shows the theme at once and from now on; `system` follows the device. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem('accord.theme')
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem('accord.theme', theme)
    document.documentElement.dataset.theme = theme
  }
}
