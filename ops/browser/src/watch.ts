import type { Page } from 'playwright-core'

export interface Watch {
  /** Addresses of other origins that were asked for. */
  foreign: string[]
  /** What the page complained of: errors, refused styles and scripts, warnings of React. */
  complaints: string[]
}

/** A complaint of a browser that was so busy that it wrote nothing for seconds. */
export const aboutTheMachine = /was preloaded using link preload but not used within a few seconds/

/** Keeps what a page does that a member never sees. */
export function watch(page: Page): Watch {
  const watched: Watch = { foreign: [], complaints: [] }
  page.context().on('request', (request) => {
    const url = new URL(request.url())
    const own = new URL(page.url() === 'about:blank' ? url.href : page.url()).origin
    if (url.protocol.startsWith('http') && url.origin !== own && !request.isNavigationRequest()) {
      watched.foreign.push(request.url())
    }
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') watched.complaints.push(message.text())
  })
  page.on('pageerror', (error) => watched.complaints.push(error.message))
  return watched
}
