import { Type } from '@sinclair/typebox'
import { TypeID } from 'typeid-js'

/** Every prefix that an id may carry, and what it names. */
export const idPrefixes = {
  mem: 'member',
  ses: 'session',
  dev: 'device',
  pho: 'photo',
  mch: 'login challenge',
  eml: 'mail request',
  rep: 'report',
  blk: 'block',
  mat: 'match',
  dec: 'decision',
  con: 'conversation',
  msg: 'message',
  sub: 'subscription',
  inv: 'invoice',
  chk: 'checkout',
  ntf: 'notification',
  psh: 'push subscription',
  evt: 'event',
  dlt: 'dead letter',
  upl: 'upload',
} as const

export type IdPrefix = keyof typeof idPrefixes
export type IdOf<P extends IdPrefix> = `${P}_${string}`

export type MemberId = IdOf<'mem'>
export type SessionId = IdOf<'ses'>
export type PhotoId = IdOf<'pho'>
export type MatchId = IdOf<'mat'>
export type ConversationId = IdOf<'con'>
export type MessageId = IdOf<'msg'>
export type EventId = IdOf<'evt'>

/** A new id: time-sortable (UUIDv7) in TypeID form. Source: https://github.com/jetify-com/typeid. */
export function newId<P extends IdPrefix>(prefix: P): IdOf<P> {
  return new TypeID(prefix).toString() as IdOf<P>
}

/** The uuid that Postgres stores for an id. Throws when the id is not a TypeID. */
export function toUuid(id: string): string {
  return TypeID.fromString(id).toUUID()
}

/** The id with this prefix for a stored uuid. */
export function fromUuid<P extends IdPrefix>(prefix: P, uuid: string): IdOf<P> {
  return TypeID.fromUUID(prefix, uuid).toString() as IdOf<P>
}

/** The same uuid under another prefix: a conversation carries its match's id. */
export function withPrefix<P extends IdPrefix>(prefix: P, id: string): IdOf<P> {
  return fromUuid(prefix, toUuid(id))
}

/** Whether a string is a well-formed id with this prefix. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is IdOf<P> {
  return patternOf(prefix).test(text)
}

/** Schema of an id with this prefix: `Static<ReturnType<typeof Id<'mem'>>>` is `mem_…`. */
export function Id<P extends IdPrefix>(prefix: P, options: { description?: string } = {}) {
  return Type.Unsafe<IdOf<P>>(
    Type.String({
      ...options,
      pattern: patternOf(prefix).source,
      examples: [`${prefix}_01k9zv8h5ae6wt3q4x7n2m0c1d`],
    }),
  )
}

const patterns = new Map<IdPrefix, RegExp>()

function patternOf(prefix: IdPrefix): RegExp {
  const known = patterns.get(prefix)
  if (known) return known
  const made = new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)
  patterns.set(prefix, made)
  return made
}
