import { EllipsisVertical } from 'lucide-react'
import { IconButton } from '../design/button.tsx'
import { useText } from '../text/use-text.ts'
import { type PersonInQuestion, showPersonDialog } from './person-dialog.tsx'

/** Block and report, in two taps wherever a person appears. */
export function PersonMenu({ className = '', ...person }: PersonInQuestion & { className?: string }) {
  const t = useText()
  return (
    <IconButton
      className={className}
      label={t('people.menu.open', { name: person.displayName })}
      icon={<EllipsisVertical size={20} />}
      aria-haspopup="dialog"
      onClick={() => showPersonDialog(person)}
    />
  )
}
