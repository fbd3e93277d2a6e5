import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import { takeOwnProfile } from '../profile/queries.ts'
import type { Locale } from '../text/language.ts'
import { useText } from '../text/use-text.ts'

/** Changes the language of the mails to this member, whatever device they are read on. */
export function useMailLanguage() {
  const t = useText()
  const problemText = useProblemText()
  const client = useQueryClient()
  return useMutation({
    // One after the other: the last one counts.
    scope: { id: 'mail-language' },
    mutationFn: (locale: Locale) => unwrap(api.PATCH('/api/v1/users/profile', { body: { locale } })),
    onSuccess: (profile) => takeOwnProfile(client, profile),
    onError: (error) => toast(t('settings.language.mails.failed', { reason: problemText(error) })),
  })
}
