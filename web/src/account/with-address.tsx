import { Trans } from '@lingui/react'
import type { TextKey } from '../text/keys.ts'

/** A sentence with an email address in it, marked as `<address>{email}</address>` in its text. */
export function WithAddress({ id, email }: { id: TextKey; email: string }) {
  return (
    <Trans
      id={id}
      values={{ email }}
      components={{ address: <bdi className="break-words font-semibold text-ink" /> }}
    />
  )
}
