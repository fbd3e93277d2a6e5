import type { PersistedClient, Persister } from '@tanstack/react-query-persist-client'
import { clear, del, get, set } from 'idb-keyval'
import { queryClient } from './query-client.ts'

const key = 'accord.queries'
/** In the browser's storage while somebody is signed in: their id. */
export const mark = 'accord.signed-in'

/** Keeps what is marked with `meta: { keep: true }` on the device, so that it can be read offline. */
export const persister: Persister = {
  // What is written late, after somebody has left, is not written.
  persistClient: (client: PersistedClient) =>
    localStorage.getItem(mark) === null ? del(key) : set(key, client),
  restoreClient: () => get<PersistedClient>(key),
  removeClient: () => del(key),
}

/**
 * Leaves nothing of a member on the device: what was loaded, what waits to be sent, what was being typed. How
 * the app looks and its language stay.
 */
export async function forgetEverything({ butOpenScreens = false } = {}): Promise<void> {
  if (!butOpenScreens) queryClient.clear()
  sessionStorage.clear()
  // A tab that hears of it late leaves alone what is of the next session.
  if (localStorage.getItem(mark) === null) await forgetDevice()
}

export async function forgetDevice(): Promise<void> {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith('accord.') && !staying.has(name)) localStorage.removeItem(name)
  }
  await clear()
}

/** Leaves nothing of what is open here, and begins anew; what is on the device stays. */
export function leaveScreens(): void {
  queryClient.clear()
  sessionStorage.clear()
  location.replace('/discover')
}

const staying = new Set(['accord.theme', 'accord.locale', mark])
