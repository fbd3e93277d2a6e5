import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { tail } from '../process/part.ts'
import { layoutOf } from '../stack/layout.ts'
import { readFrom } from './follow.ts'

interface LogLine {
  name: string
  time: string
  text: string
}

/**
 * `just logs [process…]`: the last lines of every log in the order of time, then what comes, until Ctrl-C
 * (`--once`: without waiting).
 */
export async function logs(
  folder: string,
  names: string[],
  o: { lines: number; once: boolean },
): Promise<number> {
  const directory = dirname(layoutOf(folder).log('x'))
  const present = existsSync(directory) ? readdirSync(directory).filter((file) => file.endsWith('.log')) : []
  const files = present
    .filter((file) => names.length === 0 || names.includes(basename(file, '.log')))
    .map((file) => join(directory, file))
  if (files.length === 0) {
    console.log(
      names.length > 0 ? `There is no log of ${names.join(', ')} in ${directory}.` : 'There are no logs yet.',
    )
    return 1
  }
  const width = Math.max(...files.map((file) => basename(file, '.log').length))
  const show = ({ name, text }: LogLine) => console.log(`${name.padEnd(width)}  ${text}`)
  const offsets = new Map(files.map((file) => [file, statSync(file).size]))
  files
    .flatMap((file) => linesOf(file, tail(file, 256 * 1024)).slice(-o.lines))
    .sort((a, b) => (a.time < b.time ? -1 : 1))
    .slice(-o.lines)
    .forEach(show)
  while (!o.once) {
    await Bun.sleep(200)
    for (const file of files) {
      const news = readFrom(file, offsets.get(file) ?? 0)
      // Half a line waits for its other half.
      const whole = news.subarray(0, news.lastIndexOf(10) + 1)
      offsets.set(file, (offsets.get(file) ?? 0) + whole.length)
      linesOf(file, whole.toString()).forEach(show)
    }
  }
  return 0
}

/** Lines of one log with their times; a line without one, such as a stack trace, goes with the line before. */
function linesOf(file: string, text: string): LogLine[] {
  const name = basename(file, '.log')
  let time = ''
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const parsed = parseLine(line)
      time = parsed.time ?? time
      return { name, time, text: parsed.text }
    })
}

function parseLine(line: string): { time: string | null; text: string } {
  try {
    const { time, level, service: _, message, ...fields } = JSON.parse(line)
    const more = Object.entries(fields).map(
      ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    return { time, text: [String(time).slice(11, 23), String(level).padEnd(5), message, ...more].join(' ') }
  } catch {
    const found = /\d{4}[-/]\d\d[-/]\d\d[ T](\d\d:\d\d:\d\d(\.\d+)?)/.exec(line)
    return { time: found ? found[0].replaceAll('/', '-').replace(' ', 'T') : null, text: line }
  }
}
