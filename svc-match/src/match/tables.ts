export type EndReason = 'unmatched' | 'blocked' | 'deleted'

export interface MatchTables {
  matches: {
    id: string
    /** The smaller uuid of the two. */
    member_a: string
    member_b: string
    created_at: Date
    ended_at: Date | null
    ended_by: string | null
    ended_reason: EndReason | null
  }
  match_sides: {
    member_id: string
    match_id: string
    other_id: string
    created_at: Date
    ended_at: Date | null
  }
}
