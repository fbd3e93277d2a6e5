export interface BlockTables {
  /** `made` with the blocker, not `made` with the blocked member. */
  blocks: {
    member_id: string
    other_id: string
    made: boolean
    active: boolean
    /** aggregateSeq of the blocker; 0 for a block that was told ahead of its event. */
    version: number
  }
}
