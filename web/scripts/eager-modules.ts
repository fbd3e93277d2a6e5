import type { Plugin } from 'vite'

/**
 * Makes a script of each module that the page would only preload: they begin to load at the same moment, and the
 * entry imports them all, so they run either way. Where a service worker answers, Chromium throws preloaded modules
 * away and complains of it (https://github.com/angular/angular-cli/issues/34022).
 */
export function eagerModules(): Plugin {
  return {
    name: 'eager-modules',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const page = html.replaceAll(
          /<link rel="modulepreload" crossorigin href="([^"]+)">/g,
          '<script type="module" crossorigin src="$1"></script>',
        )
        if (page.includes('modulepreload'))
          throw new Error('the page preloads a module that is no script of it')
        return page
      },
    },
  }
}
