import { currentContext } from './context.ts'

export type LogFields = Record<string, unknown>
export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A logger that adds these fields to every line. */
  child(fields: LogFields): Logger
}

export interface LoggerOptions {
  service: string
  /** Lines below this level are dropped; `info` unless told. `silent` drops all. */
  level?: LogLevel | 'silent'
  /** Takes one line without its end; standard output unless told. */
  write?: (line: string) => void
}

/**
 * A logger of JSON lines: `{time, level, service, message, requestId?, trace?, operation?, …fields}`.
 * Errors are written with code, stack and causes. Values under keys that name a secret or personal text are
 * replaced by `[redacted]`, at any depth.
 */
export function createLogger(options: LoggerOptions): Logger {
  const lowest = options.level === 'silent' ? logLevels.length : logLevels.indexOf(options.level ?? 'info')
  const write = options.write ?? writeToStandardOutput
  const make = (base: LogFields): Logger => {
    const at = (level: LogLevel) => (message: string, fields?: LogFields) => {
      if (logLevels.indexOf(level) < lowest) return
      write(formatLine(level, options.service, message, base, fields))
    }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => make({ ...base, ...fields }),
    }
  }
  return make({})
}

function formatLine(
  level: LogLevel,
  service: string,
  message: string,
  base: LogFields,
  fields?: LogFields,
): string {
  const context = currentContext()
  const line = {
    time: new Date().toISOString(),
    level,
    service,
    message,
    requestId: context?.requestId,
    trace: context?.traceparent?.split('-')[1],
    operation: context?.operation,
    ...base,
    ...fields,
  }
  try {
    return JSON.stringify(line, redactor())
  } catch {
    return JSON.stringify({ time: line.time, level, service, message, note: 'fields could not be written' })
  }
}

/** Key names whose values never reach a log. */
const secretKey =
  /pass(word|phrase)|secret|token|authori[sz]ation|cookie|assertion|signature|seed|credential|api.?key|^code$|^text$|^body$|e-?mail|birth.?date|latitude|longitude|coordinates|address$/i
/** Of the codes only those of errors are worth reading: ours, the system's (`ECONNRESET`) and SQLSTATE. */
const publicCode = /^([a-z]+(_[a-z]+)*|E[A-Z_]+|[0-9A-Z]{5})$/

function redactor() {
  const seen = new WeakSet<object>()
  return (key: string, value: unknown): unknown => {
    if (key !== '' && secretKey.test(key) && !isHarmless(key, value)) return '[redacted]'
    if (typeof value === 'bigint') return value.toString()
    if (value instanceof Error) return describeError(value)
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) return '[again]'
      seen.add(value)
    }
    return value
  }
}

function isHarmless(key: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'boolean') return true
  return key === 'code' && typeof value === 'string' && publicCode.test(value)
}

/** What a log says of an error: never a driver's `detail`, which quotes the row that failed. */
function describeError(error: Error): LogFields {
  const code = 'code' in error ? String(error.code) : undefined
  return { name: error.name, message: error.message, code, stack: error.stack, cause: error.cause }
}

function writeToStandardOutput(line: string): void {
  process.stdout.write(`${line}\n`)
}
