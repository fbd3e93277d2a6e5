import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Card, Section } from '../design/page.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { Skeleton } from '../design/skeleton.tsx'
import { useText } from '../text/use-text.ts'
import { PartError } from './part-error.tsx'
import { accountQuery, devicesQuery } from './queries.ts'
import { TotpOffDialog } from './totp-off-dialog.tsx'
import { type Enrolment, TotpSetupDialog } from './totp-setup-dialog.tsx'

/** Two-step sign-in: whether it is on, and the way to the other. */
export function TotpSection() {
  const t = useText()
  const problemText = useProblemText()
  const client = useQueryClient()
  const { data: account, error, refetch } = useQuery(accountQuery)
  const [setup, setSetup] = useState<Enrolment | 'password' | null>(null)
  const [isTurningOff, setTurningOff] = useState(false)
  const start = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/auth/totp', { body: {} })),
    onSuccess: setSetup,
    onError: (failure) => {
      const code = isProblem(failure) ? failure.code : null
      if (code === 'step_up_required') setSetup('password')
      // Turned on elsewhere in the meantime: shown as it is.
      if (code === 'totp_already_enabled') look()
    },
  })
  const look = () => {
    void client.invalidateQueries(accountQuery)
    void client.invalidateQueries(devicesQuery)
  }
  const isAnswered =
    isProblem(start.error) && ['step_up_required', 'totp_already_enabled'].includes(start.error.code)
  return (
    <Section title={t('settings.totp.title')}>
      {error && !account ? (
        <PartError error={error} retry={() => void refetch()} />
      ) : (
        <Card className="grid justify-items-start gap-4">
          {account ? (
            <p className="text-ink-soft">
              {t(account.totpEnabled ? 'settings.totp.on' : 'settings.totp.off')}
            </p>
          ) : (
            <>
              <Skeleton className="h-18 w-full sm:h-12" />
              <Skeleton className="h-12 w-32 !rounded-full" />
            </>
          )}
          {start.error && !isAnswered && <Notice tone="bad">{problemText(start.error)}</Notice>}
          {/* One button for both, so that the focus comes back to it when the other is what it offers. */}
          {account && (
            <Button
              look="secondary"
              busy={start.isPending}
              onClick={() => (account.totpEnabled ? setTurningOff(true) : start.mutate())}
            >
              {t(account.totpEnabled ? 'settings.totp.stop' : 'settings.totp.start')}
            </Button>
          )}
        </Card>
      )}
      {setup && <TotpSetupDialog begun={setup} onTurnedOn={look} onClose={() => setSetup(null)} />}
      <TotpOffDialog open={isTurningOff} onTurnedOff={look} onClose={() => setTurningOff(false)} />
    </Section>
  )
}
