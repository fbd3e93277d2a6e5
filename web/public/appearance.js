// Before the first paint: the theme and the direction that were chosen here, so that nothing flashes or turns round.
;(() => {
  const root = document.documentElement
  try {
    const theme = localStorage.getItem('accord.theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    const locale = localStorage.getItem('accord.locale') ?? navigator.language.slice(0, 2)
    if (locale === 'de' || locale === 'ar') root.lang = locale
    if (locale === 'ar') root.dir = 'rtl'
  } catch {
    // Storage may be closed to us; then the system's theme and English are used.
  }
})()
