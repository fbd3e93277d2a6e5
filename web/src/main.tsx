import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import './design/styles.css'
import { preferredLocale, showLocale } from './text/language.ts'

// A language that cannot be loaded is no reason to show nothing.
await showLocale(preferredLocale()).catch(() => showLocale('en'))

const element = document.getElementById('app')
if (!element) throw new Error('the page has no #app')
// In slices, so that a slow phone answers to a touch in between.
startTransition(() =>
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)
