import { Ban, Flag } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../button.tsx'
import { Dialog } from '../dialog.tsx'
import { Menu, MenuItem } from '../menu.tsx'
import { offer, toast } from '../toast.tsx'
import { Specimen, Specimens } from './specimen.tsx'

export function FloatingSpecimens() {
  const [open, setOpen] = useState<'default' | 'insistent' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Specimens title="Dialog" columns={2}>
        <Specimen name="default">
          <Button look="secondary" onClick={() => setOpen('default')}>
            Open the dialog
          </Button>
        </Specimen>
        <Specimen name="insistent: stays until it is answered">
          <Button look="secondary" onClick={() => setOpen('insistent')}>
            Open the insistent one
          </Button>
        </Specimen>
        <Dialog open={open !== null} insistent={open === 'insistent'} onClose={close} title="Take this back">
          <p className="text-ink-soft">Nobody is told. You may decide again later.</p>
          <div className="grid gap-2">
            <Button wide onClick={close}>
              Take it back
            </Button>
            <Button look="secondary" wide onClick={close}>
              Cancel
            </Button>
          </div>
        </Dialog>
      </Specimens>
      <Specimens title="Menu">
        <Specimen name="default, with an action that cannot be undone">
          <Menu label="More about Robin">
            <MenuItem
              icon={<Flag size={18} aria-hidden="true" />}
              onClick={() => toast('Thank you for telling us.')}
            >
              Report
            </MenuItem>
            <MenuItem icon={<Ban size={18} aria-hidden="true" />} danger onClick={() => toast('Blocked.')}>
              Block
            </MenuItem>
          </Menu>
        </Specimen>
      </Specimens>
      <Specimens title="Toast" columns={2}>
        <Specimen name="a sentence">
          <Button look="secondary" onClick={() => toast('Saved.')}>
            Show a toast
          </Button>
        </Specimen>
        <Specimen name="with an action">
          <Button
            look="secondary"
            onClick={() => toast('Passed on Robin.', { label: 'Undo', run: () => toast('Taken back.') })}
          >
            Show one with an action
          </Button>
        </Specimen>
        <Specimen name="an offer, until it is answered">
          <Button
            look="secondary"
            onClick={() => offer('A new version is ready.', { label: 'Use it now', run: () => {} })}
          >
            Show an offer
          </Button>
        </Specimen>
      </Specimens>
    </>
  )
}
