/**
 * What an entry of the browser's history remembers besides its address: it survives reload, back and forward, and
 * stands in no link. Never a secret.
 */
export interface AccountHistory {
  registerStep?: 'role' | 'about' | 'access' | 'consents' | 'sent'
  /** The step was asked for before and led back here, since the password was not kept. */
  passwordAgain?: boolean
  /** An address to fill in. */
  email?: string
  /** What was asked for on this screen has been done. */
  done?: boolean
}

declare module '@tanstack/react-router' {
  interface HistoryState extends AccountHistory {}
}
