import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const packed = /\.(html|js|css|svg|json|webmanifest)$/
const smallestBytes = 1024

/** Puts a `.br` and a `.gz` beside every text of a built folder, as small as they get: any server can send them. */
export async function pack(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && packed.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  await Promise.all(files.map(packOne))
}

async function packOne(file: string): Promise<void> {
  const bytes = await Bun.file(file).bytes()
  if (bytes.length < smallestBytes) return
  const [small, older] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ])
  await Promise.all([Bun.write(`${file}.br`, small), Bun.write(`${file}.gz`, older)])
}
