/** What the platform takes. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const
const maxBytes = 12 * 1024 * 1024
/** The shortest side that a photo needs. */
export const minSide = 200
/** More is never shown, and takes long to send. */
const longestSide = 2400

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export type PictureRefusal = 'type' | 'size' | 'small' | 'unreadable'

/** Whether a chosen file can become a photo: looks at what it says it is, then whether it can be decoded. */
export async function checkPicture(file: File): Promise<PictureRefusal | null> {
  if (!(pictureTypes as readonly string[]).includes(file.type)) return 'type'
  if (file.size > maxBytes) return 'size'
  const url = URL.createObjectURL(file)
  try {
    const { naturalWidth, naturalHeight } = await decode(url)
    return Math.min(naturalWidth, naturalHeight) < minSide ? 'small' : null
  } catch {
    return 'unreadable'
  } finally {
    URL.revokeObjectURL(url)
  }
}

/**
 * The part of a picture that was chosen, as a JPEG of at most 2400 pixels a side. What the file said besides, as
 * where and when it was taken, stays here.
 */
export async function cutPicture(url: string, area: Area): Promise<Blob> {
  const image = await decode(url)
  const scale = Math.min(1, longestSide / Math.max(area.width, area.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(area.width * scale)
  canvas.height = Math.round(area.height * scale)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('there is no canvas here')
  // JPEG has no transparency: what was transparent would be black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, area.x, area.y, area.width, area.height, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture is empty'))),
      'image/jpeg',
      0.9,
    )
  })
}

async function decode(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}
