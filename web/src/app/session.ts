import { useSyncExternalStore } from 'react'
import { forgetDevice, forgetEverything, leaveScreens, mark } from './memory.ts'

/**
 * Whether somebody is signed in here. The cookies that prove it cannot be read by any script, so a mark in the
 * browser's storage, the member's id, tells who it is that is worth asking for.
 * - `expired`: the session ran out while the app was open; signing in as the same member goes on where it was.
 */
export type Session = 'signed-out' | 'signed-in' | 'expired'

const others = new BroadcastChannel('accord.session')
type Told = 'ended' | 'ran-out' | { began: string }
const listeners = new Set<() => void>()
let member = markedMember()
let session: Session = member === null ? 'signed-out' : 'signed-in'

export const currentSession = (): Session => session

/** The member whose screens are open; also while their session has run out. */
export const memberAtWork = (): string | null => member

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
  localStorage.setItem(mark, memberId)
  tell({ began: memberId })
  began(memberId)
}

function began(memberId: string): void {
  if (session !== 'signed-out' && isAnother(memberId)) leaveToAnother()
  else {
    member = memberId
    become('signed-in')
  }
}

/** Whether these screens are about somebody else. */
const isAnother = (memberId: string) => member !== null && memberId !== member

/** The platform has answered whom it takes us for: it may be somebody else of whom no tab has told. */
export async function checkMember(memberId: string): Promise<void> {
  if (!isAnother(memberId)) return
  handedOver ??= handOver(memberId)
  await handedOver
}

let handedOver: Promise<void> | undefined

async function handOver(memberId: string): Promise<void> {
  become('expired')
  if (markedMember() === member) {
    localStorage.setItem(mark, memberId)
    await forgetDevice()
    tell({ began: memberId })
  }
  leaveScreens()
}

/** Somebody else has signed in: this page begins anew, and what is on the device is theirs already. */
function leaveToAnother(): void {
  // Hides what is on the screen, and nothing of it is kept any more.
  become('expired')
  leaveScreens()
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
  tell('ended')
  await ended()
}

async function ended(): Promise<void> {
  member = null
  become('signed-out')
  await forgetEverything()
}

/** What is stored goes, what is on the screen waits, unseen, for its member. */
async function sessionExpired(): Promise<void> {
  if (session !== 'signed-in') return
  localStorage.removeItem(mark)
  tell('ran-out')
  await ranOut()
}

async function ranOut(): Promise<void> {
  if (session !== 'signed-in') return
  become('expired')
  await forgetEverything({ butOpenScreens: true })
}

others.onmessage = ({ data }: MessageEvent<Told>) => {
  if (data === 'ran-out') void ranOut()
  else if (data !== 'ended') began(data.began)
  else if (session !== 'signed-out') void ended()
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

function markedMember(): string | null {
  const marked = localStorage.getItem(mark)
  return marked?.startsWith('mem_') ? marked : null
}

function become(next: Session): void {
  if (session === next) return
  session = next
  for (const listener of listeners) listener()
}
