import { resume, typing } from '@accord/contracts/call/chat'
import type { ClientFrame, LiveReply } from '@accord/contracts/live'
import { isRefused } from '@accord/kit/error'
import type { Authenticated, AuthRefusal } from '../gateway.ts'
import { done, failed } from './frame.ts'
import type { Live } from './live.ts'
import { type LiveSocket, sendFrame } from './live-socket.ts'
import { perform } from './perform.ts'
import { refresh } from './refresh.ts'
import { admit, closeFor, expiryOf } from './session.ts'

/** Does what a frame asks for and says how it went. Throws AppError for what an operation refused. */
export async function answerFrame(live: Live, socket: LiveSocket, frame: ClientFrame): Promise<LiveReply> {
  const { auth } = socket
  if (frame.type === 'auth') return signIn(live, socket, frame)
  if (frame.type === 'ping') return done(frame.id)
  if (!auth) return failed(frame.id, 'unauthenticated')
  switch (frame.type) {
    case 'refresh':
      return stay(live, socket, auth, frame)
    case 'send':
      return send(live, socket, auth, frame)
    case 'read': {
      const { id, conversationId, upToSeq } = frame
      const call = { params: { conversationId }, body: { upToSeq } }
      return done(id, await perform(live, socket, auth, 'markRead', call))
    }
    case 'typing': {
      const { memberId } = auth.actor
      return done(
        frame.id,
        await live.gateway.call(typing, { memberId, conversationId: frame.conversationId }),
      )
    }
    case 'resume': {
      const { memberId } = auth.actor
      return done(frame.id, await live.gateway.call(resume, { memberId, conversations: frame.conversations }))
    }
  }
}

type Frame<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>

async function signIn(live: Live, socket: LiveSocket, { id, token }: Frame<'auth'>): Promise<LiveReply> {
  if (socket.auth || socket.fromCookie !== null) {
    return failed(id, 'conflict', { detail: 'This socket is signed in already.' })
  }
  const auth = await live.gateway.verifyToken(token)
  if (isRefused(auth)) return turnAway(live, socket, id, auth.refused)
  const refusal = await admit(live, socket, auth)
  if (refusal) return failed(id, refusal)
  return done(id, { memberId: auth.actor.memberId, expiresAt: expiryOf(auth) })
}

async function stay(
  live: Live,
  socket: LiveSocket,
  auth: Authenticated,
  { id, token }: Frame<'refresh'>,
): Promise<LiveReply> {
  const fresh = await refresh(live, socket, auth, token)
  if (isRefused(fresh)) {
    const { refused: code, detail } = fresh
    if (code === 'session_revoked') return turnAway(live, socket, id, code)
    // The old token still counts until it runs out: there is time to try again.
    return failed(id, code, detail === undefined ? {} : { detail })
  }
  socket.auth = fresh
  socket.warnedOfExpiry = false
  return done(id, { expiresAt: expiryOf(fresh) })
}

async function send(
  live: Live,
  socket: LiveSocket,
  auth: Authenticated,
  { id, conversationId, clientMessageId, text }: Frame<'send'>,
): Promise<LiveReply> {
  const waitSeconds = await live.messageLimit(auth.actor.memberId)
  if (waitSeconds !== null) return failed(id, 'too_many_requests', { retryAfterSeconds: waitSeconds })
  const call = { params: { conversationId }, body: { clientMessageId, text } }
  return done(id, { message: await perform(live, socket, auth, 'sendMessage', call) })
}

/** Answers first, since nothing can be said after the close. */
function turnAway(live: Live, socket: LiveSocket, id: ClientFrame['id'], refusal: AuthRefusal): LiveReply {
  const answer = failed(id, refusal)
  sendFrame(socket, answer, live.now())
  closeFor(live, socket, refusal)
  return answer
}
