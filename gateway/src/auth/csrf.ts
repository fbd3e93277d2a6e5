import { csrfHeader } from '@accord/contracts/actor'
import { type Refused, refused } from '@accord/kit/error'

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a write that carries (or asks for) cookies came from our own pages. Three independent signs: the
 * Origin, which every browser sends with a write; Sec-Fetch-Site where it exists; and a header that another
 * site's form cannot set and its script could only after a preflight that we refuse.
 */
export function refuseForeignWrite(
  request: Request,
  ownOrigins: ReadonlySet<string>,
): Refused<'csrf_refused'> | null {
  if (safeMethods.has(request.method)) return null
  const { headers } = request
  const origin = headers.get('origin')
  if (origin === null || !ownOrigins.has(origin)) return refused('csrf_refused')
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return refused('csrf_refused')
  return headers.get(csrfHeader) === '1'
    ? null
    : refused('csrf_refused', { detail: `The header ${csrfHeader}: 1 is missing.` })
}
