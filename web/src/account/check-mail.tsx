import { Button, ButtonLink } from '../design/button.tsx'
import { useText } from '../text/use-text.ts'
import { OutsidePage } from './outside-page.tsx'
import { sendConfirmation } from './requests.ts'
import { SendAgain } from './send-again.tsx'
import { WithAddress } from './with-address.tsx'

/** After registering: a mail is on its way. The same for an address that is known here, whose owner is told. */
export function CheckMail({ email, onChangeAddress }: { email: string; onChangeAddress(): void }) {
  const t = useText()
  return (
    <OutsidePage title={t('account.sent.title')} lead={<WithAddress id="account.sent.text" email={email} />}>
      <p className="text-ink-soft">{t('account.sent.patience')}</p>
      <div className="grid justify-items-start gap-3">
        <SendAgain label={t('account.again.link')} send={() => sendConfirmation(email)} justSent />
        <Button look="quiet" className="-ms-5" onClick={onChangeAddress}>
          {t('account.sent.change')}
        </Button>
      </div>
      <div className="border-line border-t pt-5">
        <p className="pb-3 text-ink-soft">{t('account.sent.done')}</p>
        <ButtonLink to="/sign-in" look="secondary" state={{ email }}>
          {t('account.signIn.action')}
        </ButtonLink>
      </div>
    </OutsidePage>
  )
}
