import type { paths } from '../api/schema.generated.d.ts'
import { Button } from '../design/button.tsx'
import { Badge } from '../design/notice.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'

type Session =
  paths['/api/v1/auth/sessions']['get']['responses'][200]['content']['application/json']['data'][number]

interface SessionRowProps {
  session: Session
  isEnding: boolean
  onEnd(): void
}

/** One sign-in. The one that looks is ended in the settings, where signing out says what it does. */
export function SessionRow({ session: { device, current, lastUsedAt }, isEnding, onEnd }: SessionRowProps) {
  const t = useText()
  const format = useFormat()
  const date = format.dayAndTime(lastUsedAt)
  return (
    <li className="flex min-h-16 items-center justify-between gap-4 py-2">
      <div className="grid">
        <span className="font-medium">
          <bdi>{device}</bdi>
        </span>
        <span className="text-ink-soft text-sm">{t('settings.sessions.used', { date })}</span>
      </div>
      {current ? (
        <Badge tone="good">{t('settings.sessions.current')}</Badge>
      ) : (
        <Button
          look="quiet"
          className="-me-3 shrink-0"
          aria-label={t('settings.sessions.end.label', { device, date })}
          busy={isEnding}
          onClick={onEnd}
        >
          {t('settings.sessions.end')}
        </Button>
      )}
    </li>
  )
}
