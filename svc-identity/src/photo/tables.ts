import type { JSONColumnType } from 'kysely'

/** One stored rendition; `name` is its object in the bucket `media`. */
export interface StoredVariant {
  name: string
  width: number
  height: number
  type: 'image/avif' | 'image/webp'
}

export interface PhotosTable {
  member_id: string
  id: string
  /** Place in the member's order, from 0; gaps are allowed. */
  position: number
  width: number
  height: number
  thumbhash: string
  variants: JSONColumnType<StoredVariant[], string, never>
  created_at: Date
}

/** Objects to be removed from `media` once they are due. */
export interface MediaLeftoversTable {
  name: string
  due_at: Date
}

export interface PhotoTables {
  photos: PhotosTable
  media_leftovers: MediaLeftoversTable
}
