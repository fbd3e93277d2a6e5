import { EllipsisVertical } from 'lucide-react'
import { type MouseEvent, type ReactNode, useId } from 'react'
import { IconButton } from './button.tsx'

interface MenuProps {
  /** What the menu is about, read out on its button. */
  label: string
  children: ReactNode
}

/** A button that opens a short list of actions: a native popover, closed by Escape or a click elsewhere. */
export function Menu({ label, children }: MenuProps) {
  const id = useId()
  const anchor = `--menu-${id.replaceAll(/\W/g, '')}`
  return (
    <>
      <IconButton
        label={label}
        icon={<EllipsisVertical size={20} />}
        popoverTarget={id}
        style={{ anchorName: anchor }}
      />
      <div
        id={id}
        popover="auto"
        className="m-0 min-w-52 rounded-card border border-line bg-surface p-1.5 text-ink shadow-lift open:animate-fade"
        style={{
          positionAnchor: anchor,
          positionArea: 'block-end span-inline-start',
          positionTryFallbacks: 'flip-block, flip-inline',
        }}
      >
        <ul>{children}</ul>
      </div>
    </>
  )
}

export function MenuItem({
  onClick,
  icon,
  danger,
  children,
}: {
  onClick(): void
  icon?: ReactNode
  danger?: boolean
  children: ReactNode
}) {
  return (
    <li>
      <button
        type="button"
        onClick={(event) => {
          close(event)
          onClick()
        }}
        className={`flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-start hover:bg-sunken ${danger ? 'text-bad' : ''}`}
      >
        {icon}
        {children}
      </button>
    </li>
  )
}

function close({ currentTarget }: MouseEvent<HTMLElement>): void {
  currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
}
