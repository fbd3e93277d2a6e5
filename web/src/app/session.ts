import { useSyncExternalStore } from 'react'
import { forgetEverything, leaveToAnother } from './memory.ts'
import { memberAtWork } from './who.ts'

/**
 * Whether somebody is signed in here. The cookies that prove it cannot be read by any script, so a mark in the
 * browser's storage, which says nothing about who it is, tells that it is worth asking.
 * - `expired`: the session ran out while the app was open; signing in as the same member goes on where it was.
 */
export type Session = 'signed-out' | 'signed-in' | 'expired'

const mark = 'accord.signed-in'
const others = new BroadcastChannel('accord.session')
type Told = 'ended' | { began: string }
const listeners = new Set<() => void>()
let session: Session = localStorage.getItem(mark) === null ? 'signed-out' : 'signed-in'

export const currentSession = (): Session => session

export function useSession(): Session {
  return useSyncExternalStore(onSessionChange, currentSession)
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** After the platform has answered that somebody signed in, and who. */
export function sessionBegan(memberId: string): void {
  leaving = false
  localStorage.setItem(mark, '1')
  become('signed-in')
  tell({ began: memberId })
}

let leaving = false

/**
 * The member is about to leave: when the session then ends, the app goes to its beginning, not to a sign-in
 * that leads back. Said before the platform is asked, since its push may come before its answer.
 */
export function memberLeaves(really: boolean): void {
  leaving = really
}

/** Where a screen for members leads once nobody is signed in. */
export function exitFrom(href: string) {
  return leaving ? ({ to: '/' } as const) : ({ to: '/sign-in', search: { next: href } } as const)
}

/** Signed out here, or ended from elsewhere: nothing of it stays on this device. */
export async function sessionEnded(): Promise<void> {
  localStorage.removeItem(mark)
  become('signed-out')
  tell('ended')
  await forgetEverything()
}

/** What is stored goes, what is on the screen waits, unseen, for its member. */
async function sessionExpired(): Promise<void> {
  if (session !== 'signed-in') return
  localStorage.removeItem(mark)
  become('expired')
  await forgetEverything({ butOpenScreens: true })
}

others.onmessage = ({ data }: MessageEvent<Told>) => {
  if (data === 'ended') {
    if (session === 'signed-out') return
    become('signed-out')
    void forgetEverything()
  } else if (session === 'signed-out' || data.began === memberAtWork()) become('signed-in')
  else leaveToAnother()
}

function tell(told: Told): void {
  others.postMessage(told)
}

let refreshing: Promise<boolean> | undefined
/** Others wait for their turn meanwhile. */
const timeoutMs = 20_000

/**
 * What brings new cookies goes one after another, also between tabs: an answer that comes late would put older
 * cookies over newer ones.
 */
const inTurn = <T>(work: () => Promise<T>) => navigator.locks.request('accord.refresh', work)

/** Runs what brings a new access token on its own account; it is given a way to renew the one there is before. */
export function bringToken<T>(work: (renew: () => Promise<boolean>) => Promise<T>): Promise<T> {
  return inTurn(() => work(askForRefresh))
}

/**
 * Renews the access token; one request at a time, also between tabs. False when the session is over, which
 * is then told to the whole app; a platform that is away counts as renewed, since nothing is known.
 */
export function refreshSession(): Promise<boolean> {
  refreshing ??= inTurn(askForRefresh).finally(() => {
    refreshing = undefined
  })
  return refreshing
}

async function askForRefresh(): Promise<boolean> {
  if (session === 'signed-out') return false
  const response = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accord-session': 'cookie', 'accord-csrf': '1' },
    body: '{}',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null)
  if (response?.status !== 401) return true
  const code = ((await response.json().catch(() => null)) as { code?: string } | null)?.code
  if (code === 'session_revoked') await sessionEnded()
  else await sessionExpired()
  return false
}

function become(next: Session): void {
  if (session === next) return
  session = next
  for (const listener of listeners) listener()
}
