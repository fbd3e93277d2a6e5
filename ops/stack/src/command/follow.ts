import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** What stands in a file from an offset on, at most a megabyte at once. */
export function readFrom(file: string, offset: number): Buffer {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch {
    return Buffer.alloc(0)
  }
  try {
    const size = Math.min(Math.max(fstatSync(fd).size - offset, 0), 1 << 20)
    const buffer = Buffer.alloc(size)
    return buffer.subarray(0, readSync(fd, buffer, 0, size, offset))
  } finally {
    closeSync(fd)
  }
}
