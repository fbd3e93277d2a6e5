import type { ReactNode } from 'react'

type Tone = 'plain' | 'good' | 'bad' | 'premium'

const tones: Record<Tone, string> = {
  plain: 'bg-sunken text-ink',
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  premium: 'bg-brass-soft text-brass',
}

/** A sentence that stays in the page. One that is `bad` is read out as soon as it appears. */
export function Notice({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div role={tone === 'bad' ? 'alert' : undefined} className={`rounded-control px-4 py-3 ${tones[tone]}`}>
      {children}
    </div>
  )
}

/** A word or a number beside something. */
export function Badge({ tone = 'plain', children }: { tone?: Tone | 'action'; children: ReactNode }) {
  const look = tone === 'action' ? 'bg-wine text-on-wine' : tones[tone]
  return (
    <span
      className={`inline-flex min-h-6 min-w-6 items-center justify-center rounded-full px-2 font-semibold text-xs ${look}`}
    >
      {children}
    </span>
  )
}
