import { useEffect, useRef } from 'react'
import type { Schemas } from '../api/client.ts'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'

interface CityOptionsProps {
  id: string
  places: Schemas['Place'][]
  active: number
  waiting: boolean
  failed: boolean
  onChoose(place: Schemas['Place']): void
}

/** What was found, under the field; says plainly when there is nothing, and why. */
export function CityOptions({ id, places, active, waiting, failed, onChoose }: CityOptionsProps) {
  const t = useText()
  const { country } = useFormat()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const message = failed
    ? t('profile.city.failed')
    : waiting
      ? t('profile.city.waiting')
      : t('profile.city.none')
  return (
    <div className="absolute inset-x-0 top-full z-20 mt-1.5 overflow-hidden rounded-card border border-line bg-surface shadow-lift">
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('profile.city.label')}
        className="max-h-72 overflow-y-auto p-1.5 empty:hidden"
      >
        {places.map((place, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active one
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are taken by the field
          <div
            key={place.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className="grid min-h-11 cursor-pointer content-center rounded-control px-3 py-1.5 hover:bg-sunken aria-selected:bg-wine-soft aria-selected:text-wine-text"
            // The field keeps the focus: a press would take it away before the click.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(place)}
          >
            <span>{place.name}</span>
            <span className={`text-sm ${index === active ? '' : 'text-ink-soft'}`}>
              {[place.region, country(place.country)].filter(Boolean).join(' · ')}
            </span>
          </div>
        ))}
      </div>
      {places.length === 0 && <p className="px-4 py-3 text-ink-soft text-sm">{message}</p>}
    </div>
  )
}
