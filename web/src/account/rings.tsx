/** Two rings that hold each other, each over the other once: the mark of Accord, as a quiet drawing. */
export function Rings({ className = '', filled = false }: { className?: string; filled?: boolean }) {
  return (
    <svg viewBox="0 0 320 220" aria-hidden="true" className={`fill-none ${className}`}>
      {filled && (
        <path d="M160 23.4A100 100 0 0 1 160 196.6A100 100 0 0 1 160 23.4" className="fill-wine-soft" />
      )}
      <circle cx="110" cy="110" r="100" className={left} vectorEffect="non-scaling-stroke" />
      {/* What lies above at a crossing is drawn once more, on a gap in the one below. */}
      <path d="M175.8 203.97A100 100 0 0 1 145.72 186.6" className={gap} vectorEffect="non-scaling-stroke" />
      <circle cx="210" cy="110" r="100" className={right} vectorEffect="non-scaling-stroke" />
      <path d="M144.2 16.03A100 100 0 0 1 174.28 33.4" className={gap} vectorEffect="non-scaling-stroke" />
      <path d="M144.2 16.03A100 100 0 0 1 174.28 33.4" className={left} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

const left = 'stroke-wine-text stroke-[1.75]'
const right = 'stroke-ink-soft stroke-[1.75]'
const gap = 'stroke-ground stroke-[9]'
