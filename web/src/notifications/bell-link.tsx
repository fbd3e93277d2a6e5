import { Link } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { Badge } from '../design/notice.tsx'
import { useUnread } from '../shell/use-unread.ts'
import { useText } from '../text/use-text.ts'

/** The way to the notifications where the navigation has no room for it: on a phone, beside a screen's title. */
export function BellLink() {
  const t = useText()
  const { notifications: count } = useUnread()
  return (
    <Link
      to="/notifications"
      aria-label={count > 0 ? t('notifications.bellUnread', { count }) : t('notifications.title')}
      className="relative grid size-11 shrink-0 place-items-center rounded-full text-ink-soft hover:bg-sunken hover:text-ink md:hidden"
    >
      <Bell size={22} aria-hidden="true" />
      {count > 0 && (
        <span aria-hidden="true" className="absolute -end-0.5 -top-0.5">
          <Badge tone="action">{count > 99 ? '99+' : count}</Badge>
        </span>
      )}
    </Link>
  )
}
