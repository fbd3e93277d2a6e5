import { type MemberId, toUuid } from '@accord/contracts/id'
import type { StackFile } from '@accord/stack/stack/report'
import { SQL } from 'bun'

/** Makes a member's sessions as old as one that has to be confirmed anew; told by the next token of each. */
export async function makeSignInOld(stack: StackFile, memberId: string): Promise<void> {
  const url = stack.postgres.identity
  if (url === undefined) throw new Error('this stack has no database of its own')
  const sql = new SQL(url, { max: 1 })
  const member = toUuid(memberId as MemberId)
  try {
    await sql`update sessions set authenticated_at = authenticated_at - interval '1 hour' where member_id = ${member}`
  } finally {
    await sql.close()
  }
}
