import { answers } from '../parts/service.ts'
import { startOf } from '../process/alive.ts'
import { layoutOf } from '../stack/layout.ts'
import { readStackFile } from '../stack/report.ts'
import { supervisorOf } from './running.ts'

/** `just status`: each process with its pid and whether it can take work. Exit code 1 unless all can. */
export async function status(folder: string): Promise<number> {
  const layout = layoutOf(folder)
  const stack = readStackFile(layout)
  if (!stack || !supervisorOf(layout)) {
    console.log(
      supervisorOf(layout) ? 'Accord is starting.' : 'Accord is not running. Start it with: just up',
    )
    return 1
  }
  const rows = await Promise.all(
    Object.entries(stack.pids).map(async ([name, pid]) => {
      const metrics = stack.metrics[name]
      const problem =
        startOf(pid) === null
          ? 'not running'
          : metrics
            ? await answers(metrics.replace('/metrics', '/readyz'))
            : null
      return { name, pid, problem }
    }),
  )
  const width = Math.max(...rows.map(({ name }) => name.length))
  for (const { name, pid, problem } of rows) {
    console.log(`${name.padEnd(width)}  ${String(pid).padStart(7)}  ${problem ?? 'ready'}`)
  }
  console.log(`\nAPI ${stack.gateway}   docs ${stack.docs}   mailbox ${stack.mailbox ?? 'elsewhere'}`)
  return rows.every(({ problem }) => problem === null) ? 0 : 1
}
