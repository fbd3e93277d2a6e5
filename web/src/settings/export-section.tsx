import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { api, unwrap } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Card, Section } from '../design/page.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'
import { saveFile } from './save-file.ts'
import { declined, useStepUp } from './step-up.tsx'

/** Everything about the member as one JSON file, which goes to the disk and nowhere else. */
export function ExportSection() {
  const t = useText()
  const problemText = useProblemText()
  const stepUp = useStepUp()
  const download = useMutation({
    mutationFn: () => stepUp.confirmed(() => unwrap(api.GET('/api/v1/users/export'))),
    onSuccess: (data) => {
      if (data === declined) return
      saveFile(
        `accord-${data.exportedAt.slice(0, 10)}.json`,
        'application/json',
        JSON.stringify(data, null, 2),
      )
    },
    // It is on the disk now; it need not stay in memory too.
    gcTime: 0,
  })
  const isSaved = download.isSuccess && download.data !== declined
  return (
    <Section title={t('settings.export.title')}>
      <Card className="grid justify-items-start gap-4">
        <p className="text-ink-soft">{t('settings.export.text')}</p>
        {download.error && <Notice tone="bad">{problemText(download.error)}</Notice>}
        <div role="status" className="empty:hidden">
          {isSaved && <Notice tone="good">{t('settings.export.done')}</Notice>}
        </div>
        <Button
          look="secondary"
          icon={<Download size={18} aria-hidden="true" />}
          busy={download.isPending}
          onClick={() => download.mutate()}
        >
          {t('settings.export.action')}
        </Button>
      </Card>
      {stepUp.dialog}
    </Section>
  )
}
