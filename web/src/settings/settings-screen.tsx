import { useQuery } from '@tanstack/react-query'
import { Ban, Gem, KeyRound, ShieldCheck } from 'lucide-react'
import { subscriptionQuery } from '../billing/queries.ts'
import { Card, Page, Section } from '../design/page.tsx'
import { LegalLink } from '../legal/legal-link.tsx'
import { useText } from '../text/use-text.ts'
import { AccountSummary } from './account-summary.tsx'
import { AppearanceChoice } from './appearance-choice.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { MailSwitches } from './mail-switches.tsx'
import { SettingsLink } from './settings-link.tsx'
import { SignOut } from './sign-out.tsx'

/** Replaced at build time, so that a member can say which one it was. */
const version: string = import.meta.env.VITE_BUILD ?? 'development'

export function SettingsScreen() {
  const t = useText()
  const { data: subscription } = useQuery(subscriptionQuery)
  return (
    <Page title={t('settings.title')} narrow>
      <Section title={t('settings.account.title')}>
        <AccountSummary />
      </Section>
      <Section title={t('settings.more.title')}>
        <Card className="!p-2">
          <ul>
            <SettingsLink
              to="/settings/security"
              icon={KeyRound}
              label={t('settings.more.security')}
              hint={t('settings.more.security.hint')}
            />
            <SettingsLink
              to="/settings/privacy"
              icon={ShieldCheck}
              label={t('settings.more.privacy')}
              hint={t('settings.more.privacy.hint')}
            />
            <SettingsLink
              to="/settings/blocked"
              icon={Ban}
              label={t('settings.more.blocked')}
              hint={t('settings.more.blocked.hint')}
            />
            <SettingsLink
              to="/billing"
              icon={Gem}
              label={t('settings.more.plan')}
              hint={
                subscription && t('settings.more.plan.hint', { plan: t(`billing.plan.${subscription.plan}`) })
              }
            />
          </ul>
        </Card>
      </Section>
      <Section title={t('settings.mail.title')}>
        <MailSwitches />
      </Section>
      <AppearanceChoice />
      <LanguageChoice />
      <Section title={t('settings.help.title')}>
        <div className="grid gap-2 text-ink-soft">
          <p>{t('settings.help.people')}</p>
          <p>{t('settings.help.trouble')}</p>
          <div className="flex flex-wrap gap-x-6">
            <LegalLink page="terms" />
            <LegalLink page="privacy" />
          </div>
          <p className="text-sm">{t('settings.help.version', { version })}</p>
        </div>
      </Section>
      <SignOut />
    </Page>
  )
}
