import { createHash } from 'node:crypto'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/** What `unicode-range` in `src/design/styles.css` lets the browser fetch them for. */
const ranges: readonly (readonly [from: number, to: number])[] = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x131, 0x131],
  [0x152, 0x153],
  [0x2bb, 0x2bc],
  [0x2c6, 0x2c6],
  [0x2da, 0x2da],
  [0x2dc, 0x2dc],
  [0x2000, 0x206f],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
]
const letters = ranges
  .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)))
  .join('')

/** The weights that the design uses. */
const weights = { wght: { min: 400, max: 600 } }

const kept = createHash('sha256')
  .update(JSON.stringify([letters, weights]))
  .digest('hex')
  .slice(0, 6)

/** Takes from the fonts what is never shown: a third of what a first visit would wait for. */
export function lighterFonts(): Plugin {
  return {
    name: 'lighter-fonts',
    apply: 'build',
    // A file's own hash is that of the whole font, and browsers keep it for a year: what was kept names it too.
    config: () => ({ build: { rolldownOptions: { output: { assetFileNames: nameOf } } } }),
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !isFont(file.fileName)) continue
        file.source = await subsetFont(Buffer.from(file.source), letters, {
          targetFormat: 'woff2',
          variationAxes: weights,
        })
      }
    },
  }
}

function nameOf({ names }: { names: readonly string[] }): string {
  return names.some(isFont) ? `assets/[name]-[hash]-${kept}[extname]` : 'assets/[name]-[hash][extname]'
}

const isFont = (name: string) => name.endsWith('.woff2')
