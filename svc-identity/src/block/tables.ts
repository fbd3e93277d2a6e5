/** Each block stands on both sides: `made` with the blocker, not `made` with the blocked member. */
export interface BlocksTable {
  member_id: string
  other_id: string
  made: boolean
  created_at: Date
}

export interface BlockTables {
  blocks: BlocksTable
}
