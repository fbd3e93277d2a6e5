import { type Refused, refused } from '@accord/kit/error'
import sharp, { type Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { sniffImage } from './sniff.ts'

/** One encoded rendition of a photo. */
export interface Rendition {
  width: number
  height: number
  type: 'image/avif' | 'image/webp'
  bytes: Uint8Array
}

export interface RenderedPhoto {
  width: number
  height: number
  /** Base64. Source: https://evanw.github.io/thumbhash. */
  thumbhash: string
  renditions: Rendition[]
}

export const photoLimits = {
  uploadBytes: 12 * 1024 * 1024,
  inputPixels: 50_000_000,
  minSide: 200,
  /** Longest side by shortest: narrower pictures are banners, not portraits. */
  maxRatio: 4,
  widths: [320, 720, 1440],
  maxHeight: 2160,
  /** Below NATS's payload limit with room for headers. */
  renditionBytes: 950_000,
  timeoutSeconds: 20,
} as const

// Only the decoders that we accept can run, whatever the bytes pretend to be: no SVG, PDF, GIF or TIFF.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
})
sharp.cache(false)

/**
 * Decodes an upload and encodes what members will see: upright, sRGB, without EXIF, ICC profile or alpha, in AVIF
 * and WebP at up to three widths, never enlarged. Refuses what is not an image, is damaged, or is a bomb: the
 * number of pixels is taken from the header before anything is decoded.
 */
export async function renderPhoto(bytes: Uint8Array): Promise<RenderedPhoto | Refused<'photo_invalid'>> {
  const format = sniffImage(bytes)
  if (!format) return refused('photo_invalid', { detail: 'Send a JPEG, PNG, WebP or AVIF image.' })
  try {
    const header = await open(bytes).metadata()
    const refusal = checkSize(header.width, header.height)
    if (refusal) return refusal
    const pixels = await decode(bytes)
    return {
      width: pixels.width,
      height: pixels.height,
      thumbhash: await thumbhashOf(pixels),
      renditions: await encodeAll(pixels),
    }
  } catch (error) {
    if (isTooBig(error)) return tooManyPixels()
    return refused('photo_invalid', { detail: 'The image is damaged or could not be decoded in time.' })
  }
}

interface Pixels {
  data: Buffer
  width: number
  height: number
}

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, {
    limitInputPixels: photoLimits.inputPixels,
    failOn: 'error',
    sequentialRead: true,
    unlimited: false,
  }).timeout({ seconds: photoLimits.timeoutSeconds })
}

function checkSize(width: number, height: number): Refused<'photo_invalid'> | null {
  if (width * height > photoLimits.inputPixels) return tooManyPixels()
  const [short, long] = width < height ? [width, height] : [height, width]
  if (short < photoLimits.minSide)
    return refused('photo_invalid', { detail: `Each side needs at least ${photoLimits.minSide} pixels.` })
  if (long / short > photoLimits.maxRatio)
    return refused('photo_invalid', { detail: 'The image is too narrow for its length.' })
  return null
}

function tooManyPixels(): Refused<'photo_invalid'> {
  return refused('photo_invalid', {
    detail: `The image has more than ${photoLimits.inputPixels / 1_000_000} million pixels.`,
  })
}

/** sharp has no error codes; this is the message of its check against limitInputPixels. */
function isTooBig(error: unknown): boolean {
  return error instanceof Error && error.message.includes('exceeds pixel limit')
}

/** The upload is decoded once, at the largest size that is served; metadata ends here. */
async function decode(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await open(bytes)
    .autoOrient()
    .resize({
      width: Math.max(...photoLimits.widths),
      height: photoLimits.maxHeight,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

function fromPixels(pixels: Pixels): Sharp {
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
}

async function thumbhashOf(pixels: Pixels): Promise<string> {
  const { data, info } = await fromPixels(pixels)
    .resize({ width: 100, height: 100, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
}

async function encodeAll(pixels: Pixels): Promise<Rendition[]> {
  const widths = [...new Set(photoLimits.widths.map((width) => Math.min(width, pixels.width)))]
  const renditions: Rendition[] = []
  // One after the other: the queue bounds how many photos are in work, and this how much memory each takes.
  for (const width of widths) {
    const resized = () => fromPixels(pixels).resize({ width, withoutEnlargement: true })
    renditions.push(
      await encodeWithin('image/avif', [50, 35, 20], (quality) => resized().avif({ quality, effort: 1 })),
    )
    renditions.push(
      await encodeWithin('image/webp', [80, 60, 35], (quality) => resized().webp({ quality, effort: 3 })),
    )
  }
  return renditions
}

/** Takes the first quality whose result fits into one object. */
async function encodeWithin(
  type: Rendition['type'],
  qualities: readonly number[],
  encode: (quality: number) => Sharp,
): Promise<Rendition> {
  for (const quality of qualities) {
    const { data, info } = await encode(quality)
      .timeout({ seconds: photoLimits.timeoutSeconds })
      .toBuffer({ resolveWithObject: true })
    if (data.byteLength <= photoLimits.renditionBytes)
      return { type, width: info.width, height: info.height, bytes: data }
  }
  throw new Error('no quality fits')
}
