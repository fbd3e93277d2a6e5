/**
 * Who may call an operation.
 * - `public`: anybody.
 * - `member`: a signed-in member with a confirmed address.
 * - `step-up`: a member who gave a password or second factor within the last ten minutes.
 * - `staff`: a moderator or operator.
 * - `webhook`: another company's server, proven by its own signature over the raw body.
 */
export const accessKinds = ['public', 'member', 'step-up', 'staff', 'webhook'] as const
export type AccessKind = (typeof accessKinds)[number]

/** Rate-limit classes; the numbers live in `rateLimits`. */
export type RateClass = keyof typeof rateLimits

/** Requests allowed in each window, counted per member where there is one and per client address elsewhere. */
export const rateLimits = {
  default: { requests: 300, windowSeconds: 60 },
  /** Guessable secrets: sign-in, codes, links, registration. Per address, and per account inside identity. */
  credentials: { requests: 30, windowSeconds: 60 },
  /** Costly work: uploads, exports. */
  heavy: { requests: 60, windowSeconds: 60 },
  /** Other companies' servers. */
  webhook: { requests: 1200, windowSeconds: 60 },
} as const

/** What an operation accepts as a raw upload; the gateway streams it into the bucket `uploads`. */
export interface UploadRule {
  maxBytes: number
  types: readonly string[]
}

/**
 * What the gateway must know of an operation beyond plain OpenAPI; stands in the document as `x-accord`.
 * An operation without it is refused.
 */
export interface OperationRules {
  access: AccessKind
  rate: RateClass
  /** Largest body in bytes; 64 KiB unless told. */
  maxBodyBytes: number
  upload?: UploadRule
  /** May answer with Set-Cookie: identity's operations only. */
  setsCookies?: true
  /** Session cookies that the gateway hands on (identity's refresh and logout). */
  cookies?: readonly string[]
}

export const operationRulesKey = 'x-accord'
export const defaultMaxBodyBytes = 64 * 1024
export const uploadReferenceType = 'application/vnd.accord.upload+json'
export const operationIdPattern = /^[a-z][A-Za-z0-9]{2,63}$/
