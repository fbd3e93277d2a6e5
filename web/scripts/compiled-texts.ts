import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'

const folder = fileURLToPath(new URL('../src/text/', import.meta.url))
const prefix = 'virtual:text/'

/** Too long to be loaded by everybody at first: the pages that show them bring them along, as they are. */
const loadedLater = new Set(['legal.json'])

/** `virtual:text/<locale>`: the catalogues of a locale in one, their messages compiled at build time. */
export function compiledTexts(): Plugin {
  return {
    name: 'compiled-texts',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const locale = id.slice(prefix.length + 1)
      const files = filesOf(locale).filter((file) => !loadedLater.has(basename(file)))
      for (const file of files) this.addWatchFile(file)
      const compiled = Object.entries(readFiles(files)).map(([key, text]) => [key, compileMessage(text)])
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))})`
    },
  }
}

/** Every text of a locale by its key. Throws when two catalogues use one key. */
export function readTexts(locale: string): Record<string, string> {
  return readFiles(filesOf(locale))
}

function readFiles(files: readonly string[]): Record<string, string> {
  const all: Record<string, string> = {}
  for (const file of files) {
    for (const [key, text] of Object.entries(
      JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
    )) {
      if (key in all) throw new Error(`${file}: the key ${key} is used elsewhere`)
      all[key] = text
    }
  }
  return all
}

function filesOf(locale: string): string[] {
  return readdirSync(`${folder}${locale}`)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `${folder}${locale}/${name}`)
}
