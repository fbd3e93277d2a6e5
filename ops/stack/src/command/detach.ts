import { spawn } from 'node:child_process'
import { closeSync, openSync, statSync } from 'node:fs'
import { isAlive, markOf } from '../process/alive.ts'
import { layoutOf, prepareLayout } from '../stack/layout.ts'
import { readStackFile } from '../stack/report.ts'
import { readFrom } from './follow.ts'
import { alreadyRunning, supervisorOf } from './running.ts'

/**
 * `just up --detach`: starts the same command in the background, shows what it says, and returns when
 * everything is ready. Ctrl-C before that ends it too.
 */
export async function detach(folder: string, args: string[]): Promise<number> {
  const layout = layoutOf(folder)
  prepareLayout(layout)
  if (supervisorOf(layout)) {
    console.log(await alreadyRunning(layout))
    return 0
  }
  const file = layout.log('up')
  const log = openSync(file, 'a', 0o640)
  let offset = statSync(file).size
  const child = spawn(process.execPath, [Bun.main, 'up', ...args], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  if (child.pid === undefined) throw new Error('the background process could not be started')
  const mark = markOf(child.pid)
  let code: number | null = null
  child.once('exit', (exit, signal) => {
    code = exit ?? (signal ? 1 : 0)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => child.kill('SIGTERM'))

  const show = () => {
    const news = readFrom(file, offset)
    offset += news.length
    process.stdout.write(news)
  }
  while (isAlive(mark) && readStackFile(layout)?.supervisor !== mark.pid) {
    show()
    await Bun.sleep(100)
  }
  // Its last lines come a moment after the file.
  await Bun.sleep(100)
  show()
  child.unref()
  return isAlive(mark) ? 0 : (code ?? 1)
}
