import { Link, useLocation, useRouter, useSearch } from '@tanstack/react-router'
import { sessionBegan } from '../app/session.ts'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import './history-state.ts'
import { OutsidePage } from './outside-page.tsx'
import { forgetDraft, readDraft } from './register-draft.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Signs in, and goes where somebody was on the way to. */
export function SignInScreen() {
  const t = useText()
  const router = useRouter()
  const { next } = useSearch({ from: '/outside/sign-in' })
  const known = useLocation({ select: ({ state }) => state.email })
  return (
    <OutsidePage title={t('account.signIn.title')}>
      {next && <Notice>{t('account.signIn.next')}</Notice>}
      <SignInForm
        email={known ?? readDraft().email}
        below={<OtherWays />}
        onSignedIn={({ id }) => {
          forgetDraft()
          sessionBegan(id)
          router.history.replace(next ?? '/discover')
        }}
      />
    </OutsidePage>
  )
}

function OtherWays() {
  const t = useText()
  return (
    <div className="flex flex-wrap justify-between gap-x-6 border-line border-t pt-3">
      <Link to="/forgot" className={linkClass}>
        {t('account.signIn.forgot')}
      </Link>
      <Link to="/register" className={linkClass}>
        {t('account.signIn.register')}
      </Link>
    </div>
  )
}

const linkClass =
  'inline-flex min-h-11 items-center font-medium text-wine-text underline-offset-4 hover:underline'
