import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { CityOptions } from './city-options.tsx'
import type { City } from './profile-draft.ts'
import { placesQuery } from './queries.ts'
import { useDebounced } from './use-debounced.ts'

interface CityFieldProps {
  value: City | null
  onChange(city: City | null): void
  error?: string | undefined
}

/** A city, found by its first letters: type, go through what was found with the arrows, take it with Enter. */
export function CityField({ value, onChange, error }: CityFieldProps) {
  const t = useText()
  const format = useFormat()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  /** What is typed; null while nothing is, and the chosen city is shown. */
  const [typed, setTyped] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const letters = useDebounced(typed?.trim() ?? '', 250)
  const found = useQuery({ ...placesQuery(letters), placeholderData: keepPreviousData })
  const places = letters === '' ? [] : (found.data?.data ?? [])
  const shown = open && letters !== ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: other letters, another list, its first entry
  useEffect(() => setActive(-1), [letters])

  const choose = ({ id, name, country }: Schemas['Place']) => {
    onChange({ id, name, country })
    setTyped(null)
    setOpen(false)
  }
  const leave = () => {
    if (typed?.trim() === '') onChange(null)
    setTyped(null)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && (shown || typed !== null)) {
      event.preventDefault()
      if (!shown) setTyped(null)
      setOpen(false)
    } else if (event.key === 'Enter' && shown) {
      const place = places[active]
      event.preventDefault()
      if (place) choose(place)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      // From the field before the first entry, around the end, and back.
      setActive(((active + 1 + step + places.length + 1) % (places.length + 1)) - 1)
    }
  }

  return (
    <div className="relative grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {t('profile.city.label')}
      </label>
      <p id={`${id}-hint`} className="text-ink-soft text-sm">
        {t('profile.city.hint')}
      </p>
      <input
        ref={input}
        id={id}
        className="field"
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
        aria-invalid={error ? true : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        placeholder={t('profile.city.placeholder')}
        value={
          typed ??
          (value ? t('profile.city.line', { city: value.name, country: format.country(value.country) }) : '')
        }
        onChange={(event) => {
          setTyped(event.target.value)
          setOpen(true)
        }}
        onFocus={() => input.current?.select()}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <CityOptions
          id={id}
          places={places}
          active={active}
          waiting={found.isFetching && places.length === 0}
          failed={found.isError}
          onChoose={choose}
        />
      )}
      <p role="status" className="sr-only">
        {shown && !found.isFetching && found.isSuccess
          ? t('profile.city.found', { count: places.length })
          : ''}
      </p>
      {error && (
        <p id={`${id}-error`} className="text-bad text-sm">
          {error}
        </p>
      )}
    </div>
  )
}
