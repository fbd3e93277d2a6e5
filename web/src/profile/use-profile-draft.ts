import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { draftOf, type ProfileDraft, same } from './profile-draft.ts'

const key = 'accord.draft.profile'

/**
 * The profile being edited. What differs from the saved one stays over a reload and over leaving, until it is
 * saved, dropped, or the member signs out.
 */
export function useProfileDraft(profile: Schemas['OwnProfile']) {
  const saved = draftOf(profile)
  const [edited, setEdited] = useState<Partial<ProfileDraft>>(() => differing(stored(profile.id), saved))
  const [restored, setRestored] = useState(() => Object.keys(edited).length > 0)

  const keep = (next: Partial<ProfileDraft>) => {
    setEdited(next)
    if (Object.keys(next).length > 0) {
      sessionStorage.setItem(key, JSON.stringify({ member: profile.id, edited: next }))
    } else {
      sessionStorage.removeItem(key)
    }
  }

  return {
    draft: { ...saved, ...edited },
    /** Whether there were unsaved changes when the screen was opened. */
    restored,
    change: (part: Partial<ProfileDraft>) => keep(differing({ ...edited, ...part }, saved)),
    /** These fields are saved, or not to be. */
    forget: (fields: readonly (keyof ProfileDraft)[]) =>
      keep(
        Object.fromEntries(Object.entries(edited).filter(([field]) => !(fields as string[]).includes(field))),
      ),
    drop: () => {
      keep({})
      setRestored(false)
    },
  }
}

function differing(edited: Partial<ProfileDraft>, saved: ProfileDraft): Partial<ProfileDraft> {
  return Object.fromEntries(
    Object.entries(edited).filter(([field, value]) => !same(value, saved[field as keyof ProfileDraft])),
  )
}

function stored(member: string): Partial<ProfileDraft> {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? 'null') as {
      member: string
      edited: Partial<ProfileDraft>
    } | null
    return found?.member === member ? found.edited : {}
  } catch {
    return {}
  }
}
