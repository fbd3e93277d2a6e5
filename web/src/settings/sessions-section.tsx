import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Card, Section } from '../design/page.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { ShowMore } from '../design/show-more.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { OtherSessionsDialog } from './other-sessions-dialog.tsx'
import { PartError } from './part-error.tsx'
import { sessionsQuery } from './queries.ts'
import { RowSkeletons } from './row-skeletons.tsx'
import { SessionRow } from './session-row.tsx'

/** Every place where the account is signed in, and the way out of each. */
export function SessionsSection() {
  const t = useText()
  const problemText = useProblemText()
  const client = useQueryClient()
  const list = useRef<HTMLUListElement>(null)
  const [isAsking, setAsking] = useState(false)
  const query = useInfiniteQuery(sessionsQuery)
  const { data, error, refetch } = query
  const end = useMutation({
    mutationFn: ({ id }: { id: string; device: string }) =>
      unwrap(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } })),
    onSuccess: async (_, { device }) => {
      toast(t('settings.sessions.ended', { device }))
      await client.invalidateQueries(sessionsQuery)
      // The button is gone with its row.
      list.current?.focus()
    },
  })
  const sessions = data?.pages.flatMap((page) => page.data)
  return (
    <Section title={t('settings.sessions.title')}>
      {error && !data ? (
        <PartError error={error} retry={() => void refetch()} />
      ) : (
        <Card className="grid gap-4">
          {end.error && <Notice tone="bad">{problemText(end.error)}</Notice>}
          <div>
            {sessions ? (
              <ul ref={list} tabIndex={-1} data-focus-quiet className="-my-2 grid divide-y divide-line">
                {sessions.map((session) => (
                  <SessionRow
                    key={session.id}
                    session={session}
                    isEnding={end.isPending && end.variables.id === session.id}
                    onEnd={() => end.mutate(session)}
                  />
                ))}
              </ul>
            ) : (
              <RowSkeletons count={2} />
            )}
            <ShowMore query={query} />
          </div>
          {sessions && sessions.length > 1 && (
            <Button look="secondary" className="justify-self-start" onClick={() => setAsking(true)}>
              {t('settings.sessions.others')}
            </Button>
          )}
        </Card>
      )}
      <OtherSessionsDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onEnded={() => list.current?.focus()}
      />
    </Section>
  )
}
