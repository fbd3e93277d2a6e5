import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
} from '@dnd-kit/sortable'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { PhotoData } from '../design/photo.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { PhotoTile } from './photo-tile.tsx'
import { same } from './profile-draft.ts'
import { problemText } from './profile-problems.ts'
import { inOrder, useOrderPhotos } from './use-change-photos.ts'
import { useSortingVoice } from './use-sorting-voice.ts'

interface SortablePhotosProps {
  photos: PhotoData[]
  onRemove(photo: PhotoData): void
  /** More tiles, behind those that can be ordered. */
  children: ReactNode
}

/** The own photos in their order, which can be changed by dragging, by keys, and from each photo's menu. */
export function SortablePhotos({ photos, onRemove, children }: SortablePhotosProps) {
  const t = useText()
  const list = useRef<HTMLUListElement>(null)
  const [moved, setMoved] = useState('')
  const { shown, order } = useOrder(photos)
  const ids = shown.map(({ id }) => id)
  const voice = useSortingVoice(ids)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    // A short touch scrolls the page, a longer one lifts the photo.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )

  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id)
      order(arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))))
  }
  const moveTo = (id: string, place: number) => {
    order(arrayMove(ids, ids.indexOf(id), place))
    setMoved(t('profile.sort.placed', { place: place + 1, count: ids.length }))
    // The tile changed its place in the page, and lost the focus by it.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-photo="${id}"] [popovertarget]`)?.focus(),
    )
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={voice}
    >
      <SortableContext items={ids} strategy={rectSortingStrategy}>
        <ul ref={list} className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4">
          {shown.map((photo, place) => (
            <PhotoTile
              key={photo.id}
              photo={photo}
              place={place}
              count={shown.length}
              onMove={(to) => moveTo(photo.id, to)}
              onRemove={() => onRemove(photo)}
            />
          ))}
          {children}
        </ul>
      </SortableContext>
      <p role="status" className="sr-only">
        {moved}
      </p>
    </DndContext>
  )
}

/** Shows a new order at once, until the profile has it too; puts back what was, with a sentence, when it fails. */
function useOrder(photos: PhotoData[]) {
  const t = useText()
  const [wanted, setWanted] = useState<string[] | null>(null)
  const save = useOrderPhotos()
  useEffect(() => {
    if (
      wanted &&
      same(
        wanted,
        photos.map(({ id }) => id),
      )
    )
      setWanted(null)
  }, [wanted, photos])
  return {
    shown: wanted ? inOrder(photos, wanted) : photos,
    order: (ids: string[]) => {
      setWanted(ids)
      save.mutate(ids, {
        onError: (error) => {
          setWanted(null)
          toast(problemText(error, t))
        },
      })
    },
  }
}
