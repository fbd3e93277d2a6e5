import { LegalPage } from './legal-page.tsx'

export function PrivacyNoticeScreen() {
  return <LegalPage page="privacy" />
}
