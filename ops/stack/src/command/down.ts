import { existsSync } from 'node:fs'
import { isAlive } from '../process/alive.ts'
import { tryLock } from '../process/lock.ts'
import { endRecorded } from '../process/supervisor.ts'
import { layoutOf } from '../stack/layout.ts'
import { removeStackFile } from '../stack/report.ts'
import { supervisorOf } from './running.ts'

/** `just down`: ends the stack of this folder in order, or what a killed one has left. */
export async function down(folder: string): Promise<number> {
  const layout = layoutOf(folder)
  const mark = existsSync(layout.root) ? supervisorOf(layout) : null
  if (mark) {
    process.kill(mark.pid, 'SIGTERM')
    while (isAlive(mark)) await Bun.sleep(50)
    console.log('Accord is down.')
    return 0
  }
  const release = existsSync(layout.root) ? tryLock(layout.lockFile) : null
  const left = release ? await endRecorded(layout.processesFile) : []
  if (release) removeStackFile(layout)
  release?.()
  console.log(
    left.length > 0 ? `Ended what an earlier run left: ${left.join(', ')}.` : 'Accord is not running.',
  )
  return 0
}
