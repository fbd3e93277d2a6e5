import { describe, expect, test } from 'bun:test'
import { crc32, deflateSync } from 'node:zlib'
import { isRefused } from '@accord/kit/error'
import sharp from 'sharp'
import { picture } from '../fixture/picture.sample.ts'
import { photoLimits, type RenderedPhoto, renderPhoto } from './render.ts'

describe('a photo', () => {
  test('is served at three widths, each as AVIF and WebP and within one object', async () => {
    const photo = accepted(await renderPhoto(await picture(2000, 1500).jpeg().toBuffer()))
    expect(photo.renditions.map(({ type, width }) => `${type} ${width}`)).toEqual([
      'image/avif 320',
      'image/webp 320',
      'image/avif 720',
      'image/webp 720',
      'image/avif 1440',
      'image/webp 1440',
    ])
    for (const { bytes } of photo.renditions) expect(bytes.byteLength).toBeLessThan(1_000_000)
    expect(Buffer.from(photo.thumbhash, 'base64').byteLength).toBeWithin(5, 40)
  })

  test('is never enlarged', async () => {
    const photo = accepted(await renderPhoto(await picture(500, 400).png().toBuffer()))
    expect(photo.renditions.map(({ width }) => width)).toEqual([320, 320, 500, 500])
  })

  test('loses its EXIF data, position included, and its colour profile', async () => {
    const upload = await picture(800, 600)
      .withExif({ IFD0: { Copyright: 'a name' }, IFD3: { GPSLatitude: '47/1 22/1 0/1' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    const before = await sharp(upload).metadata()
    expect(before.exif).toBeDefined()
    expect(before.icc).toBeDefined()
    for (const { bytes } of accepted(await renderPhoto(upload)).renditions) {
      const after = await sharp(bytes).metadata()
      expect(after.exif).toBeUndefined()
      expect(after.icc).toBeUndefined()
      expect(after.xmp).toBeUndefined()
      expect(Buffer.from(bytes).includes('a name')).toBe(false)
    }
  })

  test('stands upright when its EXIF orientation says that it was turned', async () => {
    const upload = await picture(800, 600).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const photo = accepted(await renderPhoto(upload))
    expect([photo.width, photo.height]).toEqual([600, 800])
  })

  test('may be grey, transparent, of sixteen bits or in CMYK', async () => {
    const uploads = [
      await picture(400, 400).toColourspace('b-w').jpeg().toBuffer(),
      await picture(400, 400).ensureAlpha(0.5).png().toBuffer(),
      await picture(400, 400).toColourspace('rgb16').png().toBuffer(),
      await picture(400, 400).toColourspace('cmyk').jpeg().toBuffer(),
      await picture(400, 400).webp().toBuffer(),
      await picture(400, 400).avif({ effort: 0 }).toBuffer(),
    ]
    for (const upload of uploads) {
      const [first] = accepted(await renderPhoto(upload)).renditions
      expect((await sharp(first?.bytes).metadata()).channels).toBe(3)
    }
  })
})

describe('refused is', () => {
  const refusedFor = async (bytes: Uint8Array) => {
    const result = await renderPhoto(bytes)
    return isRefused(result) ? result.refused : 'accepted'
  }

  test('a text file with the name of a picture', async () => {
    expect(await refusedFor(Buffer.from('MZ this is no picture'.repeat(100)))).toBe('photo_invalid')
  })
  test('an SVG, which could read files and run for long', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect/></svg>'
    expect(await refusedFor(Buffer.from(svg))).toBe('photo_invalid')
  })
  test('a text file behind the first bytes of a JPEG', async () => {
    expect(await refusedFor(Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from('text'.repeat(99))]))).toBe(
      'photo_invalid',
    )
  })
  test('a decompression bomb, before it is decoded', async () => {
    const bomb = blackPng(30_000, 30_000)
    expect(bomb.byteLength).toBeLessThan(photoLimits.uploadBytes)
    expect(await refusedFor(bomb)).toBe('photo_invalid')
  })
  test('a PNG that promises few pixels in its header and holds none', async () => {
    expect(await refusedFor(blackPng(400, 400).subarray(0, 60))).toBe('photo_invalid')
  })
  test('a JPEG cut in the middle', async () => {
    const whole = await picture(800, 800).jpeg().toBuffer()
    expect(await refusedFor(whole.subarray(0, whole.byteLength / 2))).toBe('photo_invalid')
  })
  test('a picture too small to show anybody', async () => {
    expect(await refusedFor(await picture(120, 120).png().toBuffer())).toBe('photo_invalid')
  })
  test('a banner', async () => {
    expect(await refusedFor(await picture(2000, 300).png().toBuffer())).toBe('photo_invalid')
  })
  test('a GIF, since it is not offered', async () => {
    expect(await refusedFor(await picture(400, 400).gif().toBuffer())).toBe('photo_invalid')
  })
})

function accepted(result: Awaited<ReturnType<typeof renderPhoto>>): RenderedPhoto {
  if (isRefused(result)) throw new Error(`refused: ${result.detail}`)
  return result
}

/** A small file that unpacks to width × height pixels. */
function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8) // one bit a pixel, grey
  const row = Buffer.alloc(Math.ceil(width / 8) + 1)
  const rows = Buffer.alloc(row.byteLength * height)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.byteLength)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
