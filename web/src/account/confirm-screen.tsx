import { useMutation } from '@tanstack/react-query'
import { useLocation, useRouter, useSearch } from '@tanstack/react-router'
import { isProblem } from '../api/problem.ts'
import { Button, ButtonLink } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import './history-state.ts'
import { AddressForm } from './address-form.tsx'
import { OutsidePage } from './outside-page.tsx'
import { problemText } from './problem-text.ts'
import { readDraft } from './register-draft.ts'
import { confirmAddress, sendConfirmation } from './requests.ts'

/**
 * Where the mailed link leads. It confirms on a click and not by being opened: programs that look through mails open
 * links too, and each works once.
 */
export function ConfirmScreen() {
  const t = useText()
  const router = useRouter()
  const { token } = useSearch({ from: '/confirm' })
  const done = useLocation({ select: ({ state }) => state.done === true })
  const confirming = useMutation({
    mutationFn: confirmAddress,
    // The token is used up: it leaves the address, and a reload still says that all is well.
    onSuccess: () => router.navigate({ to: '/confirm', search: {}, state: { done: true }, replace: true }),
  })
  if (done) return <Confirmed />
  if (!token || (isProblem(confirming.error) && confirming.error.code === 'link_invalid')) return <LinkOver />
  return (
    <OutsidePage title={t('account.confirm.title')} lead={t('account.confirm.text')}>
      {confirming.isError && <Notice tone="bad">{problemText(t, confirming.error)}</Notice>}
      <Button busy={confirming.isPending} onClick={() => confirming.mutate(token)}>
        {t(confirming.isPending ? 'account.confirm.working' : 'account.confirm.action')}
      </Button>
    </OutsidePage>
  )
}

function Confirmed() {
  const t = useText()
  const { email } = readDraft()
  return (
    <OutsidePage key="done" title={t('account.confirm.done.title')} lead={t('account.confirm.done.text')}>
      <ButtonLink to="/sign-in" state={email === '' ? {} : { email }}>
        {t('account.signIn.action')}
      </ButtonLink>
    </OutsidePage>
  )
}

function LinkOver() {
  const t = useText()
  return (
    <OutsidePage key="over" title={t('account.confirm.over.title')} lead={t('account.confirm.over.text')}>
      <AddressForm
        email={readDraft().email}
        action={t('account.again.link')}
        send={sendConfirmation}
        sent="account.confirm.over.sent"
      />
      <div className="border-line border-t pt-5">
        <p className="pb-3 text-ink-soft">{t('account.confirm.over.maybe')}</p>
        <ButtonLink to="/sign-in" look="secondary">
          {t('account.signIn.action')}
        </ButtonLink>
      </div>
    </OutsidePage>
  )
}
