declare module 'virtual:text/*' {
  import type { Messages } from '@lingui/core'
  export const messages: Messages
}
