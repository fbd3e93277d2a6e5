import type { CSSProperties, InputHTMLAttributes } from 'react'

interface SliderProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'onChange' | 'min' | 'max' | 'value'> {
  min: number
  max: number
  value: number
  onChange(value: number): void
}

/** A native slider in our own colours: those that the browser takes for the rest of the line are too bright in the dark. */
export function Slider({ min, max, value, onChange, ...input }: SliderProps) {
  const share = max > min ? (value - min) / (max - min) : 0
  return (
    <input
      {...input}
      type="range"
      min={min}
      max={max}
      value={value}
      className={look}
      style={{ '--share': `${share * 100}%` } as CSSProperties}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  )
}

// One list for each engine: a browser drops a rule that names another's part.
const look = [
  'h-11 w-full cursor-pointer appearance-none rounded-full bg-transparent disabled:cursor-default disabled:opacity-50',
  '[--track:linear-gradient(to_right,var(--wine)_var(--share),var(--line)_var(--share))] rtl:[--track:linear-gradient(to_left,var(--wine)_var(--share),var(--line)_var(--share))]',
  '[&::-webkit-slider-runnable-track]:h-1.5 [&::-webkit-slider-runnable-track]:rounded-full [&::-webkit-slider-runnable-track]:bg-(image:--track)',
  '[&::-webkit-slider-thumb]:-mt-[0.5625rem] [&::-webkit-slider-thumb]:size-6 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-wine',
  '[&::-moz-range-track]:h-1.5 [&::-moz-range-track]:rounded-full [&::-moz-range-track]:bg-(image:--track)',
  '[&::-moz-range-thumb]:size-6 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-wine',
].join(' ')
