import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ArrowLeft, ArrowRight, GripVertical, Star, Trash2 } from 'lucide-react'
import { Menu, MenuItem } from '../design/menu.tsx'
import { Photo, type PhotoData } from '../design/photo.tsx'
import { useText } from '../text/use-text.ts'

interface PhotoTileProps {
  photo: PhotoData
  /** From 0. */
  place: number
  count: number
  onMove(place: number): void
  onRemove(): void
}

/** One own photo: the whole of it can be dragged; its handle takes the keys; its menu does the same without. */
export function PhotoTile({ photo, place, count, onMove, onRemove }: PhotoTileProps) {
  const t = useText()
  const name = t('profile.photos.name', { place: place + 1, count })
  const {
    attributes,
    listeners,
    setNodeRef,
    setActivatorNodeRef,
    transform,
    transition,
    isDragging,
    newIndex,
  } = useSortable({
    id: photo.id,
    attributes: { roleDescription: t('profile.sort.role') },
  })
  return (
    <li
      ref={setNodeRef}
      data-photo={photo.id}
      className={`relative cursor-grab touch-manipulation select-none [-webkit-touch-callout:none] rounded-card ${isDragging ? 'z-10 cursor-grabbing shadow-lift' : ''}`}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      {...listeners}
    >
      <Photo
        photo={photo}
        alt={name}
        sizes="(min-width: 640px) 220px, 45vw"
        eager={place < 4}
        className="aspect-[4/5] rounded-card"
      />
      {newIndex === 0 && (
        <span className="absolute start-2 top-2 rounded-full bg-surface/95 px-3 py-1 font-medium text-sm">
          {t('profile.photos.main')}
        </span>
      )}
      <button
        ref={setActivatorNodeRef}
        type="button"
        {...attributes}
        aria-label={t('profile.sort.move', { name })}
        className="absolute start-2 bottom-2 grid size-11 cursor-grab place-items-center rounded-full bg-surface/95 text-ink"
      >
        <GripVertical size={18} aria-hidden="true" />
      </button>
      <div className="absolute end-2 bottom-2 rounded-full bg-surface/95">
        <Menu label={t('profile.photos.menu', { name })}>
          {place > 0 && (
            <>
              <MenuItem icon={<Star size={18} aria-hidden="true" />} onClick={() => onMove(0)}>
                {t('profile.photos.makeMain')}
              </MenuItem>
              <MenuItem
                icon={<ArrowLeft size={18} aria-hidden="true" className="rtl:-scale-x-100" />}
                onClick={() => onMove(place - 1)}
              >
                {t('profile.photos.earlier')}
              </MenuItem>
            </>
          )}
          {place < count - 1 && (
            <MenuItem
              icon={<ArrowRight size={18} aria-hidden="true" className="rtl:-scale-x-100" />}
              onClick={() => onMove(place + 1)}
            >
              {t('profile.photos.later')}
            </MenuItem>
          )}
          <MenuItem danger icon={<Trash2 size={18} aria-hidden="true" />} onClick={onRemove}>
            {t('profile.photos.remove')}
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}
