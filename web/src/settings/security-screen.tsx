import { Page } from '../design/page.tsx'
import { useText } from '../text/use-text.ts'
import { DevicesSection } from './devices-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TotpSection } from './totp-section.tsx'

export function SecurityScreen() {
  const t = useText()
  return (
    <Page title={t('settings.security.title')} back="/settings" narrow>
      <div className="grid gap-10">
        <TotpSection />
        <PasswordSection />
        <SessionsSection />
        <DevicesSection />
      </div>
    </Page>
  )
}
