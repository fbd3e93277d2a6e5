import { ButtonLink } from '../design/button.tsx'
import { useHeadingFocus } from '../design/page.tsx'
import { useText } from '../text/use-text.ts'
import { OutsideFrame } from './outside-page.tsx'
import { Rings } from './rings.tsx'

/** What Accord is, in one glance: a sentence, a drawing that says it again, and three promises. */
export function WelcomeScreen() {
  const t = useText()
  const heading = useHeadingFocus(t('account.welcome.document'))
  return (
    <OutsideFrame>
      <div className="mx-auto grid w-full max-w-6xl items-center gap-x-12 gap-y-8 px-5 pt-4 pb-12 sm:px-8 lg:min-h-[32rem] lg:grid-cols-[1.15fr_1fr] lg:pt-0">
        <div className="grid gap-6">
          <h1
            ref={heading}
            tabIndex={-1}
            className="text-[clamp(2.25rem,11.6vw,4.25rem)] leading-[1.02] lg:text-[clamp(3.5rem,5.2vw,4.75rem)] rtl:leading-[1.25]"
          >
            {t('account.welcome.title')}
          </h1>
          <p className="max-w-lg text-ink-soft text-lg lg:text-xl">{t('account.welcome.lead')}</p>
          <div className="flex flex-wrap gap-3">
            <ButtonLink to="/register" className="max-sm:w-full">
              {t('account.welcome.register')}
            </ButtonLink>
            <ButtonLink to="/sign-in" look="secondary" className="max-sm:w-full">
              {t('account.signIn.action')}
            </ButtonLink>
          </div>
          <p className="text-ink-soft text-sm">{t('account.adults')}</p>
        </div>
        <BothSides />
      </div>
      <Promises />
    </OutsideFrame>
  )
}

/** What one expects, what the other expects, and where both meet. Says in a drawing what the sentence says. */
function BothSides() {
  const t = useText()
  return (
    <div
      aria-hidden="true"
      className="relative mx-auto grid aspect-[320/220] w-full max-w-sm grid-cols-3 items-center px-[3%] text-center lg:max-w-none"
    >
      <Rings filled className="absolute inset-0 size-full rtl:-scale-x-100" />
      <p className="relative px-2 text-balance lg:px-5 text-ink-soft text-sm lg:text-base">
        {t('account.welcome.yours')}
      </p>
      <p className="relative font-serif text-2xl text-wine-text lg:text-3xl">Accord</p>
      <p className="relative px-2 text-balance lg:px-5 text-ink-soft text-sm lg:text-base">
        {t('account.welcome.theirs')}
      </p>
    </div>
  )
}

function Promises() {
  const t = useText()
  return (
    <ul className="mx-auto grid w-full max-w-6xl gap-8 px-5 pb-16 sm:px-8 md:grid-cols-3 md:gap-10">
      {(['plain', 'mutual', 'yours'] as const).map((promise) => (
        <li key={promise} className="grid content-start gap-2 border-line-strong border-t pt-5">
          <h2 className="text-2xl">{t(`account.promise.${promise}.title`)}</h2>
          <p className="text-ink-soft">{t(`account.promise.${promise}.text`)}</p>
        </li>
      ))}
    </ul>
  )
}
