import { Check, Minus } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { Badge } from '../design/notice.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import type { Plan } from './queries.ts'

interface PlanCardProps {
  plan: Plan
  isCurrent: boolean
  /** Leads to the payment page; null where there is nothing to choose. */
  choose: (() => void) | null
  isOpening: boolean
}

/** A plan with its price and all that it allows, and what it does not. */
export function PlanCard({ plan: { id, price, entitlements }, isCurrent, choose, isOpening }: PlanCardProps) {
  const t = useText()
  const format = useFormat()
  const isPaid = price.amountMinor > 0
  const name = t(`billing.plan.${id}`)
  const { dailyLikes, rewind, seesLikesReceived } = entitlements
  return (
    <li
      className={`flex flex-col gap-4 rounded-card border bg-surface p-5 ${isCurrent ? 'border-line-strong' : 'border-line'}`}
    >
      <div className="grid gap-1">
        <div className="flex min-h-8 items-center justify-between gap-2">
          <h2 className={`text-2xl ${isPaid ? 'text-brass' : ''}`}>{name}</h2>
          {isCurrent && <Badge tone={isPaid ? 'premium' : 'plain'}>{t('billing.current')}</Badge>}
        </div>
        <p className="font-medium">
          {isPaid
            ? t('billing.price.month', { price: format.money(price.amountMinor, price.currency) })
            : t('billing.price.free')}
        </p>
      </div>
      <p className="text-ink-soft">{t(`billing.plan.${id}.text`)}</p>
      <ul className="grid gap-2">
        <Allowance
          isAllowed
          isPremium={isPaid}
          what={
            dailyLikes === null
              ? t('billing.allows.likes.unlimited')
              : t('billing.allows.likes', { count: dailyLikes })
          }
        />
        <Allowance isAllowed={rewind} isPremium={isPaid} what={t('billing.allows.rewind')} />
        <Allowance
          isAllowed={seesLikesReceived}
          isPremium={isPaid}
          what={t('billing.allows.likesReceived')}
        />
      </ul>
      {choose && (
        <Button look="secondary" wide className="mt-auto" busy={isOpening} onClick={choose}>
          {t('billing.choose', { plan: name })}
        </Button>
      )}
    </li>
  )
}

function Allowance({ isAllowed, isPremium, what }: { isAllowed: boolean; isPremium: boolean; what: string }) {
  const t = useText()
  const Icon = isAllowed ? Check : Minus
  return (
    <li className={`flex items-start gap-2 ${isAllowed ? '' : 'text-ink-soft'}`}>
      <Icon
        size={20}
        aria-hidden="true"
        className={`mt-0.5 shrink-0 ${isAllowed && isPremium ? 'text-brass' : 'text-ink-soft'}`}
      />
      {isAllowed ? (
        <span>{what}</span>
      ) : (
        <span>
          <span className="sr-only">{t('billing.allows.not', { what })}</span>
          <span aria-hidden="true">{what}</span>
        </span>
      )}
    </li>
  )
}
