import { useMutation } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { api, unwrap } from '../api/client.ts'
import { memberLeaves, sessionEnded } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'

/** Ends this session; without an answer it says that it goes on, since only the platform can end it. */
export function SignOut() {
  const t = useText()
  const problemText = useProblemText()
  const signOut = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/auth/logout', { params: { header: { 'accord-session': 'cookie' } }, body: {} }),
      ),
    onMutate: () => memberLeaves(true),
    onError: () => memberLeaves(false),
    onSuccess: () => sessionEnded(),
  })
  return (
    <div className="grid gap-3">
      {signOut.error && (
        <Notice tone="bad">{t('settings.signOut.failed', { reason: problemText(signOut.error) })}</Notice>
      )}
      <Button
        look="secondary"
        wide
        icon={<LogOut size={20} aria-hidden="true" className="rtl:-scale-x-100" />}
        busy={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        {t('settings.signOut.action')}
      </Button>
    </div>
  )
}
