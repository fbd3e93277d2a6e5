import type { Answer } from './answer.ts'
import { securityHeaders } from './security-headers.ts'

export type Send = (requestId: string, answer: Answer, cors: Record<string, string> | null) => Response

/** Makes the response of an answer: what every response carries is added here, and nowhere else. */
export function createSend(o: { secure: boolean; isDraining: () => boolean }): Send {
  const always = securityHeaders(o.secure)
  return (requestId, { status, headers: own, setCookies, body, policy }, cors) => {
    const headers: Record<string, string> = { ...always[policy], ...own, 'x-request-id': requestId }
    if (cors !== null) addCors(headers, cors)
    if (o.isDraining()) headers.connection = 'close'
    // Of an answer to HEAD, Bun sends the headers alone, with the length that the body would have.
    const response = new Response(body, { status, headers })
    for (const cookie of setCookies ?? []) response.headers.append('set-cookie', cookie)
    return response
  }
}

function addCors(headers: Record<string, string>, cors: Record<string, string>): void {
  const vary = headers.vary
  Object.assign(headers, cors)
  if (vary !== undefined && cors.vary !== undefined) headers.vary = `${vary}, ${cors.vary}`
}
