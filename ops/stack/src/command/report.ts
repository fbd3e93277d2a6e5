import { existsSync, readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'

export interface Report {
  passed: number
  failed: number
  failures: Failure[]
}

export interface Failure {
  /** The file and the line where the test begins, then its name with those around it. */
  test: string
  /** What was thrown, as Bun words it. */
  reason: string
}

interface Suite {
  testsuite?: Suite[]
  testcase?: Case[]
}

interface Case {
  name: string
  /** The names of what it stands in, the innermost first. */
  classname: string
  file: string
  line?: string
  failure?: string | { message: string; '#text'?: string }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  // Bun writes line breaks by their number.
  htmlEntities: true,
  isArray: (name) => name === 'testsuite' || name === 'testcase',
})

/** What a JUnit report of `bun test` says; nothing of a report that was never written. */
export function readReport(file: string): Report {
  if (!existsSync(file)) return { passed: 0, failed: 0, failures: [] }
  const { testsuites } = parser.parse(readFileSync(file, 'utf8'))
  const of = (name: string) => Number(testsuites?.[name] ?? 0)
  const failed = of('failures') + of('errors')
  return { passed: of('tests') - failed - of('skipped'), failed, failures: failuresIn(testsuites ?? {}) }
}

function failuresIn({ testsuite = [], testcase = [] }: Suite): Failure[] {
  const own = testcase.flatMap(({ name, classname, file, line, failure }) => {
    if (failure === undefined) return []
    const names = [...classname.split(' > ').toReversed(), name].filter(Boolean)
    const reason = typeof failure === 'string' ? failure : (failure['#text'] ?? failure.message)
    return [{ test: `${[file, line].filter(Boolean).join(':')} ${names.join(' > ')}`, reason }]
  })
  return [...own, ...testsuite.flatMap(failuresIn)]
}
