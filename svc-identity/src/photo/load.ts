import { fromUuid, type PhotoId } from '@accord/contracts/id'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import type { StoredVariant } from './tables.ts'

export interface StoredPhoto {
  id: PhotoId
  width: number
  height: number
  thumbhash: string
  variants: StoredVariant[]
}

/** The photos of each of these members (uuids), in their order. */
export async function loadPhotos(
  db: Kysely<Database>,
  members: readonly string[],
): Promise<Map<string, StoredPhoto[]>> {
  const byMember = new Map<string, StoredPhoto[]>(members.map((member) => [member, []]))
  if (members.length === 0) return byMember
  const rows = await db
    .selectFrom('photos')
    .where('member_id', 'in', members)
    .select(['member_id', 'id', 'width', 'height', 'thumbhash', 'variants'])
    .orderBy('member_id')
    .orderBy('position')
    .orderBy('id')
    .execute()
  for (const { member_id, id, width, height, thumbhash, variants } of rows) {
    byMember.get(member_id)?.push({ id: fromUuid('pho', id), width, height, thumbhash, variants })
  }
  return byMember
}
