import { useMemo } from 'react'
import { encode } from 'uqr'

/** Modules of white around it, which a camera needs to find it (ISO/IEC 18004). */
const quietZone = 4

/** A QR code, black on white in both themes: many cameras cannot read it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => draw(text), [text])
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-quietZone} ${-quietZone} ${size + 2 * quietZone} ${size + 2 * quietZone}`}
      shapeRendering="crispEdges"
      className="mx-auto aspect-square w-full max-w-60 rounded-control bg-white"
    >
      <path d={path} className="fill-black" />
    </svg>
  )
}

/** All dark modules as one path, each run of them in a row as one stroke of its outline. */
function draw(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  let path = ''
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      const width = x - from + 1
      path += `M${from} ${y}h${width}v1h-${width}z`
    }
  }
  return { path, size }
}
