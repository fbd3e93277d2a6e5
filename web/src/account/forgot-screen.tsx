import { Link, useLocation } from '@tanstack/react-router'
import { useText } from '../text/use-text.ts'
import { AddressForm } from './address-form.tsx'
import './history-state.ts'
import { OutsidePage } from './outside-page.tsx'
import { sendReset } from './requests.ts'

/** Sends a link for a new password. What it answers does not tell whether anybody has the address. */
export function ForgotScreen() {
  const t = useText()
  const email = useLocation({ select: ({ state }) => state.email })
  return (
    <OutsidePage title={t('account.forgot.title')} lead={t('account.forgot.text')}>
      <AddressForm
        email={email ?? ''}
        action={t('account.forgot.action')}
        send={sendReset}
        sent="account.forgot.sent"
      />
      <p className="border-line border-t pt-3">
        <Link
          to="/sign-in"
          className="inline-flex min-h-11 items-center font-medium text-wine-text underline-offset-4 hover:underline"
        >
          {t('account.forgot.back')}
        </Link>
      </p>
    </OutsidePage>
  )
}
