import type { Announcements, UniqueIdentifier } from '@dnd-kit/core'
import { useRef } from 'react'
import { useText } from '../text/use-text.ts'

/** What is read out while a photo is moved by keys. */
export function useSortingVoice(ids: readonly string[]) {
  const t = useText()
  const count = ids.length
  /** Where it was said to be. A lifted photo is over its own place at once, which must not drown that it was lifted. */
  const told = useRef<UniqueIdentifier>(undefined)
  const placeOf = (id: UniqueIdentifier) => ids.indexOf(String(id)) + 1
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      told.current = active.id
      return t('profile.sort.lifted', { place: placeOf(active.id), count })
    },
    onDragOver: ({ over }) => {
      if (!over || over.id === told.current) return undefined
      told.current = over.id
      return t('profile.sort.over', { place: placeOf(over.id), count })
    },
    onDragEnd: ({ active, over }) => t('profile.sort.placed', { place: placeOf((over ?? active).id), count }),
    onDragCancel: ({ active }) => t('profile.sort.cancelled', { place: placeOf(active.id), count }),
  }
  return { announcements, screenReaderInstructions: { draggable: t('profile.sort.how') } }
}
