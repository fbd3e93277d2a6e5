import { useSyncExternalStore } from 'react'
import { isProblem, Problem } from '../api/problem.ts'
import { queryClient } from '../app/query-client.ts'
import { currentSession, onSessionChange } from '../app/session.ts'
import type { PhotoData } from '../design/photo.tsx'
import { ownProfileQuery } from './queries.ts'
import { sendPhoto } from './send-photo.ts'

/** A picture on its way. It outlives the screen that it was chosen on, and stays until it arrived or is dropped. */
export interface Upload {
  /** Also its idempotency key. */
  key: string
  picture: Blob
  /** Address of the picture in this page. */
  preview: string
  state: 'waiting' | 'sending' | 'failed'
  /** How much has left, 0 to 1. */
  progress: number
  problem: Problem | null
}

let uploads: readonly Upload[] = []
let working = false
const listeners = new Set<() => void>()

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads,
  )
}

export function addUpload(picture: Blob): void {
  const key = crypto.randomUUID()
  const preview = URL.createObjectURL(picture)
  become([...uploads, { key, picture, preview, state: 'waiting', progress: 0, problem: null }])
  void work()
}

export function retryUpload(key: string): void {
  update(key, { state: 'waiting', progress: 0, problem: null })
  void work()
}

export function dropUpload(key: string): void {
  const dropped = uploads.find((upload) => upload.key === key)
  if (dropped) URL.revokeObjectURL(dropped.preview)
  become(uploads.filter((upload) => upload.key !== key))
}

/** One after the other: the platform works on one picture of a member at a time, and order is kept. */
async function work(): Promise<void> {
  if (working) return
  working = true
  for (let next = firstWaiting(); next; next = firstWaiting()) await sendOne(next)
  working = false
}

const firstWaiting = () => uploads.find(({ state }) => state === 'waiting')

async function sendOne({ key, picture }: Upload): Promise<void> {
  update(key, { state: 'sending' })
  try {
    const photo = await sendPhoto(picture, key, (progress) => update(key, { progress }))
    if (uploads.some((upload) => upload.key === key)) arrived(photo)
    dropUpload(key)
  } catch (error) {
    const problem = isProblem(error) ? error : new Problem({ status: 500, code: 'internal' })
    update(key, { state: 'failed', problem })
  }
}

function arrived(photo: PhotoData): void {
  queryClient.setQueryData(ownProfileQuery.queryKey, (profile) =>
    profile && !profile.photos.some(({ id }) => id === photo.id)
      ? { ...profile, photos: [...profile.photos, photo] }
      : profile,
  )
  void queryClient.invalidateQueries({ queryKey: ownProfileQuery.queryKey })
  void queryClient.invalidateQueries({ queryKey: ['deck'] })
}

function update(key: string, part: Partial<Upload>): void {
  become(uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
}

function become(next: readonly Upload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}

// Nobody else may find them here.
onSessionChange(() => {
  if (currentSession() !== 'signed-out') return
  for (const { key } of uploads) dropUpload(key)
})
