import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { toast } from '../design/toast.tsx'
import { onLive } from '../live/live.ts'
import { conversationOf } from '../messages/queries.ts'
import { memberQuery } from '../people/queries.ts'
import { useText } from '../text/use-text.ts'

const shown = new Set<string>()
/** The answer to one's own like may come after the push about the match that it made. */
const answerMs = 1500

/** The match was shown on the screen where it came about: no toast needs to tell of it. */
export function matchWasShown(matchId: string): void {
  shown.add(matchId)
}

/** Tells of a match that came about while something else was on the screen; for as long as the app is open. */
export function useMatchNews(): void {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const latest = useRef({ t, navigate })
  latest.current = { t, navigate }
  useEffect(() => {
    const waiting = new Set<ReturnType<typeof setTimeout>>()
    const tell = async (matchId: string, memberId: string) => {
      if (shown.has(matchId)) return
      shown.add(matchId)
      const member = await client.fetchQuery(memberQuery(memberId)).catch(() => null)
      const { t, navigate } = latest.current
      toast(member ? t('matches.news', { name: member.displayName }) : t('matches.newsNameless'), {
        label: t('matches.newsOpen'),
        run: () =>
          void navigate({
            to: '/messages/$conversationId',
            params: { conversationId: conversationOf(matchId) },
          }),
      })
    }
    const stop = onLive(({ type, matchId, memberId }) => {
      if (type !== 'match.created' || typeof matchId !== 'string' || typeof memberId !== 'string') return
      const timer = setTimeout(() => {
        waiting.delete(timer)
        void tell(matchId, memberId)
      }, answerMs)
      waiting.add(timer)
    })
    return () => {
      stop()
      for (const timer of waiting) clearTimeout(timer)
    }
  }, [client])
}
