import { Download } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { useText } from '../text/use-text.ts'
import { CopyButton } from './copy-button.tsx'
import { saveFile } from './save-file.ts'

/** Codes for the day the phone is lost; shown this once, so there are two ways to keep them. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const t = useText()
  const lines = codes.join('\n')
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">{t('settings.codes.text')}</p>
      <ul
        dir="ltr"
        className="grid grid-cols-2 gap-x-4 gap-y-2 rounded-control bg-sunken p-4 text-center font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="grid gap-2">
        <CopyButton label={t('settings.codes.copy')} text={lines} />
        <Button
          look="secondary"
          icon={<Download size={18} aria-hidden="true" />}
          onClick={() =>
            saveFile('accord-recovery-codes.txt', 'text/plain', `${t('settings.codes.file')}\n\n${lines}\n`)
          }
        >
          {t('settings.codes.download')}
        </Button>
        <Button wide onClick={onKept}>
          {t('settings.codes.done')}
        </Button>
      </div>
    </div>
  )
}
