import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]

const grounds = ['ground', 'surface', 'sunken']
/** Text colour, and every colour it stands on. */
const textPairs: readonly [text: string, on: readonly string[]][] = [
  ['ink', [...grounds, 'wine-soft', 'line']],
  ['ink-soft', [...grounds, 'wine-soft']],
  ['wine-text', [...grounds, 'wine-soft']],
  ['brass', [...grounds, 'brass-soft']],
  ['good', [...grounds, 'good-soft']],
  ['bad', [...grounds, 'bad-soft']],
  ['on-wine', ['wine', 'wine-strong']],
  ['ground', ['ink']],
]
/** What shows where a control is, or that it has the focus. */
const edgePairs: readonly [edge: string, on: readonly string[]][] = [
  ['line-strong', ['ground', 'surface']],
  ['wine-text', grounds],
]

for (const theme of themes) {
  test(`text is read easily in the ${theme} theme`, () => {
    expect(tooFaint(textPairs, theme, 4.5)).toEqual([])
  })

  test(`the edges of controls are seen in the ${theme} theme`, () => {
    expect(tooFaint(edgePairs, theme, 3)).toEqual([])
  })
}

test('every colour of the interface is a token with both themes', () => {
  const offered = [...css.matchAll(/--color-[\w-]+: var\(--([\w-]+)\)/g)].map(([, name]) => String(name))
  expect(offered.length).toBeGreaterThan(15)
  for (const name of offered) for (const theme of themes) expect(colourOf(name, theme)).toHaveLength(3)
})

test('contrast is computed as WCAG does', () => {
  expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 5)
  // Red of sRGB, as CSS Color 4 gives it in OKLCH.
  const [red, green, blue] = linearRgb(0.62796, 0.25768, 29.234)
  expect([red, green, blue].map((part) => Math.round(Number(part) * 100))).toEqual([100, 0, 0])
})

function tooFaint(pairs: readonly [string, readonly string[]][], theme: Theme, least: number): string[] {
  return pairs.flatMap(([front, backs]) =>
    backs.flatMap((back) => {
      const ratio = contrast(colourOf(front, theme), colourOf(back, theme))
      return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}`] : []
    }),
  )
}

type Rgb = [red: number, green: number, blue: number]

/** Linear sRGB of a token; one that is partly transparent as if it were not. */
function colourOf(name: string, theme: Theme): Rgb {
  const pair = new RegExp(`--${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`).exec(css)
  const parts = pair?.[theme === 'light' ? 1 : 2]?.split(/[\s/]+/).map(Number)
  if (!parts) throw new Error(`--${name} is not a pair of OKLCH colours`)
  const [lightness = 0, chroma = 0, hue = 0] = parts
  return linearRgb(lightness, chroma, hue)
}

/** The matrices of Björn Ottosson's Oklab; what lies outside sRGB is cut off, as a screen does. */
function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const cut = (part: number) => Math.min(1, Math.max(0, part))
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** WCAG 2.2, contrast ratio; the colours are linear already. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}
