import { join } from 'node:path'
import { projectFolder, testFolder } from '../place.ts'
import type { ProcessMark } from '../process/alive.ts'

/**
 * What a test process asks of the keeper, one JSON object a line over a unix socket. The connection itself
 * is the claim: when it closes, however the process ended, everything it claimed is cleaned up.
 */
export type KeeperRequest =
  | { ask: 'postgres' }
  | { ask: 'redis' }
  /** A server of its own, with the folder it works in, and how long it may take to end. */
  | { ask: 'own-process'; mark: ProcessMark; folder: string; graceMs: number }
  | { ask: 'own-database'; name: string }
  | { ask: 'own-prefix'; prefix: string }
  /** Nobody comes after me: end as soon as all are gone, without the usual wait. */
  | { ask: 'end-soon' }

export type KeeperAnswer = { re: number; url?: string; problem?: string }

export const keeperSocket = join(testFolder, 'keeper.sock')
/** Never removed: two keepers must always meet the same file. */
export const keeperLock = join(projectFolder, '.accord/test.lock')
export const keeperLog = join(testFolder, 'keeper.log')
/** Marks of the servers that the keeper runs, for the next one, should this one be killed. */
export const keeperMarks = join(testFolder, 'servers.json')
