import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'
import { useModal } from './use-modal.ts'

interface DialogProps {
  open: boolean
  onClose(): void
  title: string
  children: ReactNode
  /** Stays until it is answered: no close button, and Escape does nothing. */
  insistent?: boolean
}

/**
 * A native modal dialog: the browser keeps the focus inside and gives it back. From below on a phone, in the
 * middle elsewhere. Nothing of it is in the page while it is closed.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null
}

function OpenDialog({ onClose, title, children, insistent }: Omit<DialogProps, 'open'>) {
  const t = useText()
  const { dialog, heading, id } = useModal()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, this is for the pointer
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="m-auto mb-0 max-h-[92dvh] w-full max-w-full overflow-y-auto overscroll-contain rounded-t-sheet bg-surface text-ink shadow-lift backdrop:animate-fade backdrop:bg-shade open:animate-rise sm:mb-auto sm:max-w-md sm:rounded-sheet"
      onCancel={(event) => {
        event.preventDefault()
        if (!insistent) onClose()
      }}
      onClick={(event) => {
        if (!insistent && event.target === dialog.current) onClose()
      }}
    >
      <div className="safe-bottom grid gap-4 p-6">
        <header className="flex items-start justify-between gap-4">
          <h2 id={id} ref={heading} tabIndex={-1} data-focus-quiet className="pt-1 text-2xl">
            {title}
          </h2>
          {!insistent && (
            <IconButton
              className="-me-2 -mt-1"
              label={t('design.close')}
              icon={<X size={20} />}
              onClick={onClose}
            />
          )}
        </header>
        {children}
      </div>
    </dialog>
  )
}
