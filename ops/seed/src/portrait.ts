import sharp from 'sharp'
import { pick, randomOf } from './random.ts'

const width = 480
const height = 600

type Colour = readonly [number, number, number]

const skins: readonly Colour[] = [
  [244, 214, 190],
  [229, 184, 143],
  [198, 143, 101],
  [150, 98, 66],
  [98, 62, 44],
]
const hairs: readonly Colour[] = [
  [38, 28, 26],
  [84, 54, 36],
  [150, 96, 52],
  [214, 178, 112],
  [128, 128, 134],
]
const cloths: readonly Colour[] = [
  [32, 42, 68],
  [96, 28, 44],
  [28, 84, 78],
  [222, 214, 202],
  [58, 52, 78],
]

/** Pictures of each invented person, one after the other in the pool. */
export const picturesOfOne = 2

/**
 * A drawn portrait: shoulders, a head without a face, hair, a backdrop. The same number gives the same picture;
 * no real person, no file and no network stands behind it. JPEG.
 */
export async function drawPortrait(number: number): Promise<Uint8Array> {
  const random = randomOf(`portrait ${number}`)
  const layers = layersOf(randomOf(`face ${Math.floor(number / picturesOfOne)}`), random)
  const [top, bottom] = backdropOf(random)
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    const backdrop = mix(top, bottom, y / height)
    for (let x = 0; x < width; x++) {
      let colour = backdrop
      for (const layer of layers) {
        const cover = layer.cover(x / width, y / height)
        if (cover > 0) colour = mix(colour, layer.colour, cover)
      }
      pixels.set(colour, (y * width + x) * 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 82 })
    .toBuffer()
}

interface Layer {
  colour: Colour
  /** How much of the pixel it covers, 0 to 1. */
  cover(x: number, y: number): number
}

/** From the back to the front; positions are parts of width and height. The face stays, the rest changes. */
function layersOf(face: () => number, random: () => number): Layer[] {
  const [skin, hair] = [pick(face, skins), pick(face, hairs)]
  const [long, knot, rx, ry] = [face() < 0.5, face() < 0.3, 0.15 + face() * 0.02, 0.16 + face() * 0.02]
  const x = 0.44 + random() * 0.12
  const layers = [
    ellipse(hair, { x, y: long ? 0.45 : 0.37, rx: rx + 0.045, ry: long ? 0.27 : 0.19 }),
    ellipse(pick(random, cloths), { x, y: 1.02, rx: 0.36 + random() * 0.06, ry: 0.38 }),
    ellipse(mix(skin, [0, 0, 0], 0.12), { x, y: 0.6, rx: 0.075, ry: 0.11 }),
    ellipse(skin, { x, y: 0.4, rx, ry }),
    ellipse(hair, { x: x - 0.03 + random() * 0.06, y: 0.265, rx: rx + 0.02, ry: 0.075 }),
  ]
  return knot ? [ellipse(hair, { x, y: 0.17, rx: 0.07, ry: 0.055 }), ...layers] : layers
}

function ellipse(colour: Colour, at: { x: number; y: number; rx: number; ry: number }): Layer {
  return {
    colour,
    cover(x, y) {
      const distance = Math.hypot((x - at.x) / at.rx, (y - at.y) / at.ry)
      return Math.min(1, Math.max(0, (1 - distance) * 40))
    },
  }
}

function backdropOf(random: () => number): [Colour, Colour] {
  const hue = random()
  return [hsl(hue, 0.32, 0.78), hsl((hue + 0.08) % 1, 0.36, 0.5)]
}

/** Source: https://en.wikipedia.org/wiki/HSL_and_HSV#HSL_to_RGB_alternative. */
function hsl(hue: number, saturation: number, lightness: number): Colour {
  const channel = (n: number) => {
    const k = (n + hue * 12) % 12
    const amount = saturation * Math.min(lightness, 1 - lightness)
    return Math.round(255 * (lightness - amount * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}

function mix(under: Colour, over: Colour, amount: number): Colour {
  const part = (index: 0 | 1 | 2) => Math.round(under[index] + (over[index] - under[index]) * amount)
  return [part(0), part(1), part(2)]
}
