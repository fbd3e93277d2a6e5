import type { Policy } from './answer.ts'

/**
 * Headers that every answer of a kind carries. Pages may load from our own origin only, without a line of
 * inline script; data may load nothing. Other sites can neither frame, embed nor open us.
 */
export function securityHeaders(secure: boolean): Record<Policy, Record<string, string>> {
  const always = {
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
  const page = {
    ...always,
    // Not `no-referrer`: under that, browsers hide the Origin of some writes, and our own pages are known by it.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'x-frame-options': 'DENY',
  }
  const data = {
    ...always,
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  }
  return {
    api: data,
    file: data,
    landing: { ...page, 'content-security-policy': `${nothing}; style-src 'self'; img-src 'self'` },
    docs: {
      ...page,
      'content-security-policy': `${nothing}; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'`,
    },
    app: {
      ...page,
      'content-security-policy': [
        nothing,
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
      ].join('; '),
    },
  }
}

const nothing = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
