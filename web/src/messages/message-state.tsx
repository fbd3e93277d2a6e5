import { Check, CheckCheck, CircleAlert, Clock, type LucideIcon, Send } from 'lucide-react'
import { useText } from '../text/use-text.ts'
import type { Progress } from './rows.ts'

const icons: Record<Progress, LucideIcon> = {
  waiting: Clock,
  sending: Send,
  failed: CircleAlert,
  sent: Check,
  read: CheckCheck,
}

/** How far an own message has come, in a word. */
export function MessageState({ progress }: { progress: Progress }) {
  const t = useText()
  const Icon = icons[progress]
  return (
    <span className={`inline-flex items-center gap-1 ${progress === 'failed' ? 'font-medium text-bad' : ''}`}>
      <Icon size={14} aria-hidden="true" />
      {t(`messages.state.${progress}`)}
    </span>
  )
}
