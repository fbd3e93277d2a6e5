import { Specimens } from './specimen.tsx'

/** Grounds with what may be written on them. Each class is spelled out, since Tailwind looks for them in the text. */
const grounds = [
  { name: 'ground', ground: 'bg-ground' },
  { name: 'surface', ground: 'bg-surface' },
  { name: 'sunken', ground: 'bg-sunken' },
]
const inks = [
  { name: 'ink', ink: 'text-ink' },
  { name: 'ink-soft', ink: 'text-ink-soft' },
  { name: 'wine-text', ink: 'text-wine-text' },
  { name: 'brass', ink: 'text-brass' },
  { name: 'good', ink: 'text-good' },
  { name: 'bad', ink: 'text-bad' },
]
const pairs = [
  { name: 'on-wine on wine', look: 'bg-wine text-on-wine' },
  { name: 'on-wine on wine-strong', look: 'bg-wine-strong text-on-wine' },
  { name: 'wine-text on wine-soft', look: 'bg-wine-soft text-wine-text' },
  { name: 'brass on brass-soft', look: 'bg-brass-soft text-brass' },
  { name: 'good on good-soft', look: 'bg-good-soft text-good' },
  { name: 'bad on bad-soft', look: 'bg-bad-soft text-bad' },
  { name: 'ground on ink', look: 'bg-ink text-ground' },
]
const lines = [
  { name: 'line', line: 'border-line' },
  { name: 'line-strong', line: 'border-line-strong' },
]

export function ColourSpecimens() {
  return (
    <>
      <Specimens title="Text on the grounds" columns={3}>
        {grounds.map(({ name, ground }) => (
          <div key={name} className={`grid gap-1 rounded-control border border-line p-4 ${ground}`}>
            <p className="font-medium">{name}</p>
            {inks.map(({ name: inkName, ink }) => (
              <p key={inkName} className={ink}>
                {inkName}
              </p>
            ))}
          </div>
        ))}
      </Specimens>
      <Specimens title="Pairs" columns={2}>
        {pairs.map(({ name, look }) => (
          <p key={name} className={`rounded-control p-4 ${look}`}>
            {name}
          </p>
        ))}
      </Specimens>
      <Specimens title="Lines, and the one elevation" columns={3}>
        {lines.map(({ name, line }) => (
          <p key={name} className={`rounded-control border bg-surface p-4 ${line}`}>
            {name}
          </p>
        ))}
        <p className="rounded-control bg-surface p-4 shadow-lift">shadow-lift</p>
      </Specimens>
    </>
  )
}
