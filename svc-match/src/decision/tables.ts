export type Decision = 'like' | 'pass'

export interface DecisionTables {
  decisions: {
    member_id: string
    other_id: string
    made: Decision | null
    made_at: Date | null
    received: Decision | null
    received_at: Date | null
  }
  /** Likes of one UTC day; the row is taken over by the next day's first like. */
  like_counters: { member_id: string; day: string; used: number }
}
