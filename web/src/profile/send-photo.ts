import { Problem } from '../api/problem.ts'
import { refreshSession } from '../app/session.ts'
import type { PhotoData } from '../design/photo.tsx'

/** An upload over a slow line, and the platform's work on it afterwards, take longer than other requests. */
const timeoutMs = 120_000

/**
 * Sends one picture as it is, and tells how much of it has left (0 to 1). The same key gives the same answer, so
 * that another try never makes a second photo. Throws a {@link Problem}.
 */
export async function sendPhoto(
  picture: Blob,
  key: string,
  onProgress: (share: number) => void,
): Promise<PhotoData> {
  const answer = await attempt(picture, key, onProgress)
  if (answer.status === 401 && (await refreshSession()))
    return photoOf(await attempt(picture, key, onProgress))
  return photoOf(answer)
}

interface Answer {
  status: number
  body: unknown
}

/** fetch does not tell the progress of what it sends. */
function attempt(picture: Blob, key: string, onProgress: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = () => reject(new Problem({ status: 0, code: 'offline' }))
    request.open('POST', '/api/v1/users/profile/photos')
    request.setRequestHeader('content-type', picture.type)
    request.setRequestHeader('idempotency-key', key)
    request.setRequestHeader('accord-csrf', '1')
    request.timeout = timeoutMs
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.upload.onload = () => onProgress(1)
    request.onload = () => resolve({ status: request.status, body: parsed(request.responseText) })
    request.onerror = fail
    request.ontimeout = fail
    request.onabort = fail
    request.send(picture)
  })
}

function photoOf({ status, body }: Answer): PhotoData {
  if (status === 201 && body) return body as PhotoData
  const code = (body as { code?: string } | null)?.code ?? (status >= 502 ? 'unavailable' : 'internal')
  throw new Problem({ ...(body as object | null), status, code })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
