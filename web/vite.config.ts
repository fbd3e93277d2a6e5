import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { firstVisit } from './scripts/chunks.ts'
import { compiledTexts } from './scripts/compiled-texts.ts'
import { eagerModules } from './scripts/eager-modules.ts'
import { lighterFonts } from './scripts/lighter-fonts.ts'

/** The running platform that `just dev` sends requests to. */
const platform = process.env.ACCORD_URL ?? 'http://localhost:8080'

/** The gateway takes writes from its own pages only: in development they come from another port. */
const toPlatform = {
  target: platform,
  ws: true,
  headers: { origin: platform },
  configure: (proxy: {
    on(event: 'proxyReq', listener: (request: { removeHeader(name: string): void }) => void): void
  }) => proxy.on('proxyReq', (request) => request.removeHeader('sec-fetch-site')),
}

// biome-ignore lint/style/noDefaultExport: Vite reads its configuration from there
export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    compiledTexts(),
    lighterFonts(),
    eagerModules(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      includeAssets: ['icon.svg'],
      manifest: {
        id: '/',
        name: 'Accord',
        short_name: 'Accord',
        description: 'Dating for adults who say plainly what they expect.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#faf6ef',
        theme_color: '#faf6ef',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        // The gateway's own addresses are never the app, and nothing that a member may see is kept here.
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [
          /^\/(api|docs|media|\.well-known)(\/|$)/,
          /^\/(openapi|asyncapi)\.json$/,
          /^\/(healthz|readyz)$/,
        ],
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
  build: {
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        codeSplitting: {
          groups: [
            firstVisit('libraries'),
            firstVisit('app'),
            // What several screens share, in a few pieces: a screen that loads a little too much loads sooner.
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 8_000 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/media', '/docs', '/openapi.json', '/asyncapi.json', '/.well-known'].map((path) => [
        path,
        toPlatform,
      ]),
    ),
  },
})
