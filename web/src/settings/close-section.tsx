import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Card, Section } from '../design/page.tsx'
import { useText } from '../text/use-text.ts'
import { CloseDialog } from './close-dialog.tsx'

/** The way out, where everybody finds it, with all it means said before. */
export function CloseSection() {
  const t = useText()
  const [isAsking, setAsking] = useState(false)
  return (
    <Section title={t('settings.close.title')}>
      <Card className="grid justify-items-start gap-4">
        <p className="text-ink-soft">{t('settings.close.text')}</p>
        <p className="text-ink-soft">{t('settings.close.kept')}</p>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('settings.close.action')}
        </Button>
      </Card>
      <CloseDialog open={isAsking} onClose={() => setAsking(false)} />
    </Section>
  )
}
