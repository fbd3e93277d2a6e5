import { expect, test } from 'bun:test'
import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { readTexts } from '../../scripts/compiled-texts.ts'

const english = readTexts('en')
const others = ['de', 'ar'] as const
const locales = ['en', ...others] as const
const texts = { en: english, de: readTexts('de'), ar: readTexts('ar') }

for (const locale of others) {
  test(`${locale} has every text of English and no other`, () => {
    expect(Object.keys(english).filter((key) => !(key in texts[locale]))).toEqual([])
    expect(Object.keys(texts[locale]).filter((key) => !(key in english))).toEqual([])
  })

  test(`${locale} uses the placeholders and the markup of English`, () => {
    const differing = Object.entries(texts[locale]).filter(
      ([key, text]) => english[key] !== undefined && usedIn(text) !== usedIn(english[key]),
    )
    expect(
      differing.map(([key, text]) => `${key}: ${usedIn(text)}, not ${usedIn(english[key] ?? '')}`),
    ).toEqual([])
  })
}

for (const locale of locales) {
  test(`every text of ${locale} compiles and says something`, () => {
    for (const [key, text] of Object.entries(texts[locale])) {
      expect(() => compileMessageOrThrow(text), key).not.toThrow()
      expect(text.trim(), key).not.toBe('')
    }
  })

  test(`plurals of ${locale} have every form of the language`, () => {
    for (const kind of ['cardinal', 'ordinal'] as const) {
      const forms = new Intl.PluralRules(locale, { type: kind }).resolvedOptions().pluralCategories
      for (const [key, text] of Object.entries(texts[locale])) {
        for (const choices of choicesIn(
          compileMessageOrThrow(text),
          kind === 'cardinal' ? 'plural' : 'selectordinal',
        )) {
          expect(
            forms.filter((form) => !choices.includes(form)),
            key,
          ).toEqual([])
        }
      }
    }
  })
}

test('nothing is shouted', () => {
  for (const locale of locales) {
    expect(Object.entries(texts[locale]).filter(([, text]) => text.includes('!'))).toEqual([])
  }
})

/** Names of the values and tags that a text takes, in one line to compare. */
function usedIn(text: string): string {
  const names = new Set<string>()
  walk(compileMessageOrThrow(text), (name) => names.add(name))
  for (const [, tag] of text.matchAll(/<\/?(\w+)\/?>/g)) names.add(`<${tag}>`)
  return [...names].sort().join(' ')
}

/** The forms of each choice of a kind, also of those inside other choices. */
function choicesIn(message: CompiledMessage, kind: string): string[][] {
  const found: string[][] = []
  walk(message, (_name, type, choices) => {
    if (type === kind) found.push(Object.keys(choices ?? {}))
  })
  return found
}

type Visit = (name: string, type?: string, choices?: Record<string, unknown>) => void

function walk(message: CompiledMessage, visit: Visit): void {
  for (const token of message) {
    if (typeof token === 'string') continue
    const [name, type, format] = token
    const choices =
      typeof format === 'object' && format !== null ? (format as Record<string, unknown>) : undefined
    // `#` is the number of the plural around it.
    if (name !== '#') visit(name, type, choices)
    for (const choice of Object.values(choices ?? {})) if (Array.isArray(choice)) walk(choice, visit)
  }
}
