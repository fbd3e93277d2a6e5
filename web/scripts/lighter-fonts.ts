import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

const styles = readFileSync(new URL('../src/design/styles.css', import.meta.url), 'utf8')
const faces = [...styles.matchAll(/@font-face \{[^}]*\}/g)].map(([face]) => face)
const kept = createHash('sha256').update(faces.join()).digest('hex').slice(0, 6)

/** Takes from the fonts what their `@font-face` does not use: a third of what a first visit would wait for. */
export function lighterFonts(): Plugin {
  return {
    name: 'lighter-fonts',
    apply: 'build',
    // A file's own hash is that of the whole font, and browsers keep it for a year: what was kept names it too.
    config: () => ({ build: { rolldownOptions: { output: { assetFileNames: nameOf } } } }),
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !isFont(file.fileName)) continue
        const face = faces.find((candidate) => file.names.some((name) => candidate.includes(name)))
        if (!face) throw new Error(`no @font-face is for ${file.fileName}`)
        file.source = await subsetFont(Buffer.from(file.source), lettersOf(face), {
          targetFormat: 'woff2',
          variationAxes: { wght: weightsOf(face) },
        })
      }
    },
  }
}

function nameOf({ names }: { names: readonly string[] }): string {
  return names.some(isFont) ? `assets/[name]-[hash]-${kept}[extname]` : 'assets/[name]-[hash][extname]'
}

const isFont = (name: string) => name.endsWith('.woff2')

/** Of a range as `U+0000-00FF, U+0131`. */
function lettersOf(face: string): string {
  return [...face.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)]
    .flatMap(([, from = '', to = from]) => {
      const first = Number.parseInt(from, 16)
      return Array.from({ length: Number.parseInt(to, 16) - first + 1 }, (_, at) =>
        String.fromCodePoint(first + at),
      )
    })
    .join('')
}

function weightsOf(face: string): { min: number; max: number } {
  const [, min, max] = /font-weight: (\d+) (\d+)/.exec(face) ?? []
  return { min: Number(min), max: Number(max) }
}
