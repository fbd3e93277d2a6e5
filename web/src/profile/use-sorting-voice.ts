import type { Announcements, UniqueIdentifier } from '@dnd-kit/core'
import { useText } from '../text/use-text.ts'

/** What is read out while a photo is moved by keys. */
export function useSortingVoice(ids: readonly string[]) {
  const t = useText()
  const count = ids.length
  const placeOf = (id: UniqueIdentifier) => ids.indexOf(String(id)) + 1
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('profile.sort.lifted', { place: placeOf(active.id), count }),
    onDragOver: ({ over }) => (over ? t('profile.sort.over', { place: placeOf(over.id), count }) : undefined),
    onDragEnd: ({ active, over }) => t('profile.sort.placed', { place: placeOf((over ?? active).id), count }),
    onDragCancel: ({ active }) => t('profile.sort.cancelled', { place: placeOf(active.id), count }),
  }
  return { announcements, screenReaderInstructions: { draggable: t('profile.sort.how') } }
}
