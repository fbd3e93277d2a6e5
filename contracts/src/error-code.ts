/**
 * Every error that a client can meet: the stable `code` of its problem document, the HTTP status and the
 * title, which is safe to show. A code is never reused for another meaning and never disappears.
 */
export const errorCodes = {
  // Requests
  malformed_request: { status: 400, title: 'The request could not be read.' },
  unauthenticated: { status: 401, title: 'Sign in to continue.' },
  token_expired: { status: 401, title: 'The access token has expired.' },
  session_revoked: { status: 401, title: 'This session has been ended.' },
  forbidden: { status: 403, title: 'This is not allowed.' },
  csrf_refused: { status: 403, title: 'The request did not come from the app.' },
  step_up_required: { status: 403, title: 'Confirm your identity to continue.' },
  not_found: { status: 404, title: 'There is nothing here.' },
  method_not_allowed: { status: 405, title: 'This method is not offered here.' },
  conflict: { status: 409, title: 'The request conflicts with the present state.' },
  request_in_flight: { status: 409, title: 'The same request is still being handled.' },
  payload_too_large: { status: 413, title: 'The request body is too large.' },
  unsupported_media_type: { status: 415, title: 'The content type is not accepted here.' },
  range_not_satisfiable: { status: 416, title: 'The requested range does not exist.' },
  validation_failed: { status: 422, title: 'Some fields are not valid.' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used for another request.' },
  too_many_requests: { status: 429, title: 'Too many requests. Wait a moment.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
  unavailable: { status: 503, title: 'This part of Accord is not available right now.' },
  timed_out: { status: 504, title: 'This took too long. Try again.' },

  // Identity
  invalid_credentials: { status: 401, title: 'The email address or password is not right.' },
  email_not_confirmed: { status: 403, title: 'Confirm your email address first.' },
  under_age: { status: 422, title: 'Accord is for adults of 18 or older.' },
  consent_required: { status: 422, title: 'A required consent is missing.' },
  password_too_weak: { status: 422, title: 'Choose a stronger password.' },
  link_invalid: { status: 410, title: 'This link is not valid any more.' },
  challenge_invalid: { status: 401, title: 'This sign-in attempt is not valid any more. Start again.' },
  code_invalid: { status: 401, title: 'The code is not right.' },
  second_factor_required: { status: 401, title: 'The code of the second factor is needed too.' },
  refresh_invalid: { status: 401, title: 'Sign in again.' },
  totp_already_enabled: { status: 409, title: 'Two-factor sign-in is already on.' },
  totp_not_enabled: { status: 409, title: 'Two-factor sign-in is not on.' },
  profile_incomplete: { status: 409, title: 'Complete your profile first.' },
  photo_invalid: { status: 422, title: 'This file is not an image that can be used.' },
  photo_limit_reached: { status: 409, title: 'The profile has as many photos as it can hold.' },
  place_unknown: { status: 422, title: 'This place is not known.' },
  cannot_block_self: { status: 422, title: 'You cannot block yourself.' },
  account_closed: { status: 403, title: 'This account is closed.' },

  // Match
  preferences_missing: { status: 409, title: 'Say what you are looking for first.' },
  not_a_candidate: { status: 404, title: 'This member is not available.' },
  already_decided: { status: 409, title: 'You have already decided about this member.' },
  daily_likes_used: { status: 429, title: 'Today’s likes are used.' },
  nothing_to_rewind: { status: 409, title: 'There is nothing to take back.' },

  // Chat
  conversation_closed: { status: 403, title: 'This conversation is closed.' },
  message_not_editable: { status: 409, title: 'This message cannot be changed any more.' },

  // Billing
  plan_unknown: { status: 422, title: 'This plan is not known.' },
  already_subscribed: { status: 409, title: 'You already have this subscription.' },
  no_subscription: { status: 409, title: 'There is no subscription.' },
  signature_invalid: { status: 400, title: 'The signature is not valid.' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof errorCodes

/** Whether a string is one of our error codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text)
}
