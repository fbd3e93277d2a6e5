import { Page } from '../design/page.tsx'
import { useText } from '../text/use-text.ts'
import { CloseSection } from './close-section.tsx'
import { ConsentsSection } from './consents-section.tsx'
import { ExportSection } from './export-section.tsx'

export function PrivacyScreen() {
  const t = useText()
  return (
    <Page title={t('settings.privacy.title')} back="/settings" narrow>
      <div className="grid gap-10">
        <ConsentsSection />
        <ExportSection />
        <CloseSection />
      </div>
    </Page>
  )
}
