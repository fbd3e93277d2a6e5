import { Pencil, Trash2 } from 'lucide-react'
import { Menu, MenuItem } from '../design/menu.tsx'
import { useText } from '../text/use-text.ts'

/** As the platform has it; it has the last word. */
const editableMs = 15 * 60_000

interface MessageMenuProps {
  createdAt: string
  onEdit(): void
  onDelete(): void
}

/** What an author can do with a message that is stored. */
export function MessageMenu({ createdAt, onEdit, onDelete }: MessageMenuProps) {
  const t = useText()
  const editable = Date.now() - Date.parse(createdAt) < editableMs
  return (
    <Menu label={t('messages.menu')}>
      {editable && (
        <MenuItem icon={<Pencil size={18} aria-hidden="true" />} onClick={onEdit}>
          {t('messages.edit')}
        </MenuItem>
      )}
      <MenuItem danger icon={<Trash2 size={18} aria-hidden="true" />} onClick={onDelete}>
        {t('messages.delete')}
      </MenuItem>
    </Menu>
  )
}
