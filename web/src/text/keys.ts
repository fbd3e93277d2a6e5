import type account from './en/account.json'
import type billing from './en/billing.json'
import type deck from './en/deck.json'
import type design from './en/design.json'
import type legal from './en/legal.json'
import type matches from './en/matches.json'
import type messages from './en/messages.json'
import type notifications from './en/notifications.json'
import type people from './en/people.json'
import type profile from './en/profile.json'
import type settings from './en/settings.json'
import type shell from './en/shell.json'

/** Every text there is; one that is not in the English catalogues does not compile. */
export type TextKey = keyof (typeof account &
  typeof billing &
  typeof deck &
  typeof design &
  typeof matches &
  typeof messages &
  typeof notifications &
  typeof people &
  typeof profile &
  typeof settings &
  typeof shell)

/** Texts of the legal pages, which come with those pages alone: they are no keys of `t`. */
export type LegalKey = keyof typeof legal
