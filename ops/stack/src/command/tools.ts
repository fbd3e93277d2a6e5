import { ensureTools } from '../tools/install.ts'
import { type Tool, toolNamed, tools } from '../tools/table.ts'

/**
 * `just tools [name…]`: installs what operators and testers use beside what runs. Each that cannot be had
 * gets one line, and the others are installed all the same.
 */
export async function installTools(names: readonly string[]): Promise<number> {
  const wanted: readonly Tool[] = names.length > 0 ? names.map(toolNamed) : tools
  let missing = 0
  // One after the other: each build uses every core by itself.
  for (const tool of wanted) {
    try {
      const paths = await ensureTools([tool], (line) => console.log(line))
      console.log(`${tool.name.padEnd(17)} ${paths[tool.name]}`)
    } catch (error) {
      missing++
      console.error((error as Error).message)
    }
  }
  return missing === 0 ? 0 : 1
}
