import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { deckQuery, deckSessionQuery } from './queries.ts'
import { bringBack, forgetPasses } from './session.ts'
import { inOrder } from './use-decide.ts'

/** Takes back the last pass of this session, after whatever is still being sent. */
export function useTakeBack(): { takeBack(): void; busy: boolean } {
  const t = useText()
  const client = useQueryClient()
  // Kept until there was an answer: a click after a lost one must not take back a second pass.
  const key = useRef<string | null>(null)
  const { mutate, isPending } = useMutation({
    scope: inOrder,
    mutationFn: (idempotencyKey: string) =>
      unwrap(
        api.POST('/api/v1/matches/decisions/rewind', {
          params: { header: { 'idempotency-key': idempotencyKey } },
        }),
      ),
    onSuccess: ({ memberId }) => {
      key.current = null
      const entry = client
        .getQueryData(deckSessionQuery.queryKey)
        ?.passed.find(({ member }) => member.id === memberId)
      if (entry) bringBack(client, entry)
      else void client.invalidateQueries({ queryKey: deckQuery.queryKey })
    },
    onError: (error) => {
      if (isProblem(error) && error.code === 'nothing_to_rewind') {
        key.current = null
        forgetPasses(client)
        toast(t('deck.takeBack.nothing'))
      } else
        toast(
          t(isProblem(error) && error.code === 'offline' ? 'deck.takeBack.offline' : 'deck.takeBack.failed'),
        )
    },
  })
  return {
    busy: isPending,
    takeBack: () => {
      if (isPending) return
      key.current ??= crypto.randomUUID()
      mutate(key.current)
    },
  }
}
